package io.esrgan.train;

import io.esrgan.loss.AdversarialLoss;
import io.esrgan.loss.LeastSquaresGan;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.loss.StandardGan;

/**
 * How generator and discriminator work against each other, where the adversarial loss has a weight.
 *
 * @param form of the relativistic average GAN; the others have one form
 */
public record AdversarialSection(Kind type, RelativisticAverageGan.Form form) {

  /** The kinds of GANs a recipe can ask for. */
  public enum Kind {
    RELATIVISTIC_AVERAGE,
    STANDARD,
    LEAST_SQUARES
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
