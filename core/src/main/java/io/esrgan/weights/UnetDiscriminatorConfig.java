package io.esrgan.weights;

/**
 * The measures of a U-Net discriminator with spectral normalisation (Wang et al. 2021, section
 * 3.2).
 *
 * @param channels of the pictures
 * @param features channels at full size, 64 in Real-ESRGAN
 */
public record UnetDiscriminatorConfig(int channels, int features) implements DiscriminatorConfig {
  public UnetDiscriminatorConfig {
    VggDiscriminatorConfig.checkWidths(channels, features);
  }
}
