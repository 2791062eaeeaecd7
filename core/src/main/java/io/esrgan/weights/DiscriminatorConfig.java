package io.esrgan.weights;

/** The measures of a discriminator, as its weights tell them. */
public sealed interface DiscriminatorConfig
    permits VggDiscriminatorConfig, UnetDiscriminatorConfig {

  /** Channels of the pictures that it judges. */
  int channels();

  /** Channels at the pictures' own size, 64 in the papers. */
  int features();
}
