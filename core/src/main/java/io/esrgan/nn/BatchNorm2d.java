package io.esrgan.nn;

import io.esrgan.tensor.Tensor;

/**
 * Batch normalisation: every channel brought to mean 0 and variance 1, then scaled and shifted
 * (Ioffe and Szegedy 2015). In training by the batch's own mean and variance, which the running
 * ones follow; otherwise by the running ones.
 */
public final class BatchNorm2d {
  private static final double MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;

  private final Parameter scale; // (channels), as are the others
  private final Parameter shift;
  private final Parameter mean;
  private final Parameter variance;

  /** A normalisation declared at {@code place}, under the names that PyTorch gives its parts. */
  public BatchNorm2d(Blueprint place, int channels) {
    scale = place.special("weight", Parameter.Role.SCALE, 1, channels);
    shift = place.special("bias", Parameter.Role.SHIFT, 1, channels);
    mean = place.special("running_mean", Parameter.Role.RUNNING_MEAN, 1, channels);
    variance = place.special("running_var", Parameter.Role.RUNNING_VARIANCE, 1, channels);
  }

  /** The normalised maps; in training it changes the running mean and variance. */
  public Live forward(Live x) {
    Numbers numbers = x.numbers();
    Tensor result =
        x.tensor()
            .batchNorm(
                numbers.get(scale),
                numbers.get(shift),
                numbers.get(mean),
                numbers.get(variance),
                numbers.training(),
                MOMENTUM,
                EPSILON);
    return x.with(result);
  }
}
