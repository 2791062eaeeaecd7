package io.esrgan.train;

import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What a step measured before it changed the weights. Where a number is not finite, it has not
 * changed them.
 *
 * @param values each loss, unweighted, by its name in the recipe, {@code l1} always; in a GAN stage
 *     also {@code discriminator}, its loss, and {@code real} and {@code fake}, its mean logits;
 *     where it learns only while it is not too good, also {@code right-real} and {@code
 *     right-fake}, how good it is, and {@code discriminator-steps}, the share of steps until this
 *     one, included, in which it learned
 * @param gradientNorms Euclidean norm of the whole gradient of each network that learned, by the
 *     network's name
 */
public record Losses(Map<String, Double> values, Map<String, Double> gradientNorms) {
  static final String DIFFERENCE = Words.of(LossKind.L1);

  /** Copies the values. */
  public Losses {
    values = Map.copyOf(values);
    gradientNorms = Map.copyOf(gradientNorms);
  }

  /** Mean absolute difference of the generator's pictures from the real ones. */
  double difference() {
    return values.getOrDefault(DIFFERENCE, Double.NaN);
  }

  /** Whether all numbers are finite. */
  public boolean areFinite() {
    return DoubleStream.concat(
            values.values().stream().mapToDouble(Double::doubleValue),
            gradientNorms.values().stream().mapToDouble(Double::doubleValue))
        .allMatch(Double::isFinite);
  }
}
