package io.esrgan.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How gradients become steps; the rate is the schedule's.
 *
 * @param method which optimiser, with its constants
 * @param accumulate batches whose gradients are averaged for a step
 * @param clip the largest norm of a network's gradient, to which longer ones are shortened; 0 for
 *     no limit
 * @param factors what the rate is multiplied with in parts of the generator, by the beginning of
 *     their weights' names up to a dot, such as {@code conv3} or {@code body.0}; the longest counts
 */
public record OptimizerSection(
    Method method, int accumulate, double clip, Map<String, Double> factors) {

  /** Names of the optimisers. */
  enum Kind {
    ADAM,
    SGD
  }

  /** An optimiser's constants. */
  public sealed interface Method permits Adam, Sgd {}

  /**
   * Adam's (Kingma and Ba 2015).
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @param epsilon added to the denominator
   */
  public record Adam(double beta1, double beta2, double epsilon) implements Method {
    public Adam {
      RecipeRule.check(beta1 >= 0 && beta1 < 1, "optimizer.beta1", beta1, "from 0 to below 1");
      RecipeRule.check(beta2 >= 0 && beta2 < 1, "optimizer.beta2", beta2, "from 0 to below 1");
      RecipeRule.check(epsilon > 0 && epsilon < 1, "optimizer.epsilon", epsilon, "above 0, small");
    }
  }

  /**
   * Those of stochastic gradient descent.
   *
   * @param momentum decay of the sum of gradients that a step follows; 0 for none
   */
  public record Sgd(double momentum) implements Method {
    public Sgd {
      RecipeRule.check(
          momentum >= 0 && momentum < 1, "optimizer.momentum", momentum, "from 0 to below 1");
    }
  }

  /** Adam with a batch to a step, no limit to gradients and one rate for all. */
  public static OptimizerSection adam(double beta1, double beta2) {
    return new OptimizerSection(new Adam(beta1, beta2, 1e-8), 1, 0, Map.of());
  }

  public OptimizerSection {
    RecipeRule.check(accumulate >= 1, "optimizer.accumulate", accumulate, "at least 1");
    RecipeRule.check(
        clip >= 0 && Double.isFinite(clip), "optimizer.clip", clip, "0 (no limit) or above");
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    RecipeRule.check(
        factors.values().stream().allMatch(factor -> factor >= 0 && Double.isFinite(factor)),
        "optimizer.factors",
        factors.values(),
        "0 or above, all of them");
  }

  /** What the rate is multiplied with for a weight. */
  double factor(String weight) {
    String part = weight;
    while (!part.isEmpty()) {
      if (factors.containsKey(part)) {
        return factors.get(part);
      }
      part = part.substring(0, Math.max(0, part.lastIndexOf('.')));
    }
    return 1;
  }

  /** The same for a network whose parts have no factors of their own. */
  OptimizerSection even() {
    return new OptimizerSection(method, accumulate, clip, Map.of());
  }
}
