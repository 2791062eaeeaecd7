package io.esrgan.train;

import java.util.Map;

/**
 * What a step measured before it changed the weights.
 *
 * @param values each loss, unweighted, by its name in the recipe
 * @param gradientNorm Euclidean norm of the generator's whole gradient
 */
public record Losses(Map<String, Double> values, double gradientNorm) {

  /** Copies the values. */
  public Losses {
    values = Map.copyOf(values);
  }

  /** Whether all numbers are finite: a step that was not has ruined the weights. */
  public boolean areFinite() {
    return Double.isFinite(gradientNorm) && values.values().stream().allMatch(Double::isFinite);
  }
}
