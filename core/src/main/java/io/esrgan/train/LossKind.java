package io.esrgan.train;

import io.esrgan.loss.PixelLoss;
import java.util.Optional;

/** The kinds of losses a recipe can weigh. */
public enum LossKind {
  /** Mean absolute difference of all values. */
  L1,
  /** Mean squared difference. */
  MSE,
  /** Mean absolute difference, smooth at 0. */
  CHARBONNIER,
  /** Difference of the features that {@link FeatureSection} names. */
  PERCEPTUAL,
  /** Difference of their Gram matrices, patch by patch. */
  TEXTURE,
  /** What the discriminator thinks; makes the run a GAN stage. */
  ADVERSARIAL;

  /** Whether pictures are compared as they are. */
  Optional<PixelLoss> ofPixels() {
    return switch (this) {
      case L1 -> Optional.of(PixelLoss.L1);
      case MSE -> Optional.of(PixelLoss.MSE);
      case CHARBONNIER -> Optional.of(PixelLoss.CHARBONNIER);
      case PERCEPTUAL, TEXTURE, ADVERSARIAL -> Optional.empty();
    };
  }
}
