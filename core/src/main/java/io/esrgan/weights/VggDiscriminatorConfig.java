package io.esrgan.weights;

import java.util.Locale;

/**
 * What decides the shapes of a VGG-style discriminator (Wang et al. 2018, section 4.1).
 *
 * @param channels of the pictures
 * @param side of the pictures in pixels, 128 or 256
 * @param features channels of the first convolution, 64 in the paper
 * @param biased whether convolutions that are normalised have a bias too, as in the first release
 */
public record VggDiscriminatorConfig(int channels, int side, int features, boolean biased)
    implements DiscriminatorConfig {
  private static final int MOST_CHANNELS = 4096;

  public VggDiscriminatorConfig {
    if (side != 128 && side != 256) {
      throw new IllegalArgumentException(
          "a VGG-style discriminator judges pictures of 128 or 256 pixels a side, not " + side);
    }
    checkWidths(channels, features);
  }

  static void checkWidths(int channels, int features) {
    if (channels < 1 || channels > MOST_CHANNELS || features < 1 || features > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a discriminator of %d features for pictures of %d channels: both are between 1 and"
                  + " %d",
              features,
              channels,
              MOST_CHANNELS));
    }
  }

  /** How often the size is halved on the way to 4 x 4 pixels. */
  public int stages() {
    return Integer.numberOfTrailingZeros(side) - 2;
  }
}
