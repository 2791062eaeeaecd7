package io.esrgan.train;

/**
 * Adam's constants (Kingma and Ba 2015); the rate is the schedule's.
 *
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squared gradients
 * @param epsilon added to the denominator
 * @param accumulate batches whose gradients are averaged for a step
 * @param clip the largest norm of a network's gradient, to which longer ones are shortened; 0 for
 *     no limit
 */
public record OptimizerSection(
    Kind type, double beta1, double beta2, double epsilon, int accumulate, double clip) {

  /** How gradients become steps. */
  public enum Kind {
    ADAM
  }

  /** Adam with a batch to a step and no limit to gradients. */
  public static OptimizerSection adam(double beta1, double beta2) {
    return new OptimizerSection(Kind.ADAM, beta1, beta2, 1e-8, 1, 0);
  }

  public OptimizerSection {
    RecipeRule.check(beta1 >= 0 && beta1 < 1, "optimizer.beta1", beta1, "from 0 to below 1");
    RecipeRule.check(beta2 >= 0 && beta2 < 1, "optimizer.beta2", beta2, "from 0 to below 1");
    RecipeRule.check(epsilon > 0 && epsilon < 1, "optimizer.epsilon", epsilon, "above 0, small");
    RecipeRule.check(accumulate >= 1, "optimizer.accumulate", accumulate, "at least 1");
    RecipeRule.check(
        clip >= 0 && Double.isFinite(clip), "optimizer.clip", clip, "0 (no limit) or above");
  }
}
