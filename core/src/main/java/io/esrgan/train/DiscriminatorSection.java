package io.esrgan.train;

import io.esrgan.model.Discriminator;
import io.esrgan.model.UnetDiscriminator;
import io.esrgan.model.VggDiscriminator;
import io.esrgan.nn.Initialisation;
import io.esrgan.weights.VggDiscriminatorConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The generator's opponent.
 *
 * @param features channels of its first convolution
 * @param start weights to begin from; none for its own initialisation
 * @param rate its learning rate, as a multiple of the generator's
 */
public record DiscriminatorSection(
    Kind type, int features, Initialisation initialisation, Optional<Path> start, double rate) {

  private static final int MOST_CHANNELS = 4096; // as the configurations have it

  /** The kinds of discriminators a recipe can ask for. */
  public enum Kind {
    VGG,
    UNET
  }

  public DiscriminatorSection {
    RecipeRule.check(
        features >= 1 && features <= MOST_CHANNELS,
        "discriminator.features",
        features,
        "from 1 to " + MOST_CHANNELS);
    RecipeRule.check(
        rate > 0 && Double.isFinite(rate),
        "discriminator.rate-factor",
        rate,
        "above 0, such as 1.0");
  }

  /** The network this asks for. */
  Discriminator network(int channels, int side) {
    return switch (type) {
      case VGG -> new VggDiscriminator(new VggDiscriminatorConfig(channels, side, features, false));
      case UNET -> new UnetDiscriminator(channels, features);
    };
  }
}
