package io.esrgan.train;

import io.esrgan.loss.AdversarialLoss;
import io.esrgan.loss.LeastSquaresGan;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.loss.StandardGan;

/**
 * How generator and discriminator work against each other, where the adversarial loss has a weight.
 *
 * @param form of the relativistic average GAN; the others have one form
 * @param learnsBelow in (0, 1]: the discriminator of the standard GAN learns only while its
 *     performance was below this; 1 for always. See {@link Balance}
 */
public record AdversarialSection(Kind type, RelativisticAverageGan.Form form, double learnsBelow) {

  /** The kinds of GANs a recipe can ask for. */
  public enum Kind {
    RELATIVISTIC_AVERAGE,
    STANDARD,
    LEAST_SQUARES
  }

  public AdversarialSection {
    RecipeRule.check(
        learnsBelow > 0 && learnsBelow <= 1,
        "adversarial.learns-below",
        learnsBelow,
        "above 0, at most 1 (always)");
  }

  /** The loss this asks for. */
  AdversarialLoss loss() {
    return switch (type) {
      case RELATIVISTIC_AVERAGE -> new RelativisticAverageGan(form);
      case STANDARD -> new StandardGan();
      case LEAST_SQUARES -> new LeastSquaresGan();
    };
  }
}
