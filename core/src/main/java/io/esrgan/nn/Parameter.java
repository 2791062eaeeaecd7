package io.esrgan.nn;

import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.util.Arrays;
import java.util.Objects;

/**
 * A weight or bias that a network declares: what it is, not yet its numbers.
 *
 * @param name its key in weight files
 * @param shape (out, in, kh, kw) of a convolution's weight, (out) of a bias
 * @param fanIn how many inputs one output is summed from
 * @param role what it does in its layer
 */
@SuppressWarnings(
    "ArrayRecordComponent") // compared by identity: a network declares each parameter once
public record Parameter(String name, long[] shape, long fanIn, Role role) {

  /** What a parameter does, as far as its first value depends on it. */
  public enum Role {
    WEIGHT,
    BIAS,
    /** Weight of a convolution inside a residual branch. */
    RESIDUAL_WEIGHT,
    /** Bias of a convolution inside a residual branch. */
    RESIDUAL_BIAS,
    /** What a normalised channel is multiplied with. */
    SCALE,
    /** What is added to a normalised channel. */
    SHIFT,
    /** What a trained rectifier multiplies negative values with. */
    SLOPE,
    /** A channel's mean over the batches seen so far: measured, not trained. */
    RUNNING_MEAN,
    /** A channel's variance over the batches seen so far: measured, not trained. */
    RUNNING_VARIANCE,
    /** Weight of a convolution that is divided by its largest singular value. */
    SPECTRAL_WEIGHT,
    /** An estimate of that value's singular vector: measured, not trained. */
    SINGULAR_VECTOR;

    /** Whether gradients change it. */
    public boolean isTrained() {
      return switch (this) {
        case RUNNING_MEAN, RUNNING_VARIANCE, SINGULAR_VECTOR -> false;
        default -> true;
      };
    }

    /** Whether its layer needs it in float32, whatever the feature maps have. */
    public boolean isFloat32Always() {
      return switch (this) {
        case WEIGHT, BIAS, RESIDUAL_WEIGHT, RESIDUAL_BIAS, SLOPE -> false;
        default -> true;
      };
    }
  }

  /** Checks the shape. */
  public Parameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(role, "role");
    shape = shape.clone();
    if (shape.length == 0 || Arrays.stream(shape).anyMatch(size -> size < 1) || fanIn < 1) {
      throw new IllegalArgumentException(
          "parameter %s cannot have the shape %s and a fan-in of %d"
              .formatted(name, Arrays.toString(shape), fanIn));
    }
  }

  /** How many numbers it holds. */
  public long count() {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Its numbers among those of a file.
   *
   * @throws java.util.NoSuchElementException if they are missing
   * @throws IllegalArgumentException if they have another shape
   */
  public Weight from(StateDict state) {
    Weight weight = state.get(name);
    if (!weight.hasShape(shape)) {
      throw new IllegalArgumentException(
          "%s has the shape %s, the network wants %s"
              .formatted(name, Arrays.toString(weight.shape()), Arrays.toString(shape)));
    }
    return weight;
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
