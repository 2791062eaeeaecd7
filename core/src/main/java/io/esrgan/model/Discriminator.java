package io.esrgan.model;

import io.esrgan.nn.Live;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.DiscriminatorConfig;
import io.esrgan.weights.VggDiscriminatorConfig;

/** A network that judges pictures: the more real it takes one for, the larger its logit. */
public sealed interface Discriminator extends Parameterised
    permits VggDiscriminator, UnetDiscriminator {

  /** The network that {@code config} describes. */
  static Discriminator of(DiscriminatorConfig config) {
    return config instanceof VggDiscriminatorConfig vgg
        ? new VggDiscriminator(vgg)
        : new UnetDiscriminator(config.channels(), config.features());
  }

  /** Slope of the rectifier for negative input, in all of them. */
  double SLOPE = 0.2;

  /**
   * The logits of a batch.
   *
   * @param pictures (n, c, h, w) in [0, 1]
   * @return float32; (n, 1), or (n, 1, h, w) where every pixel is judged
   * @throws IllegalArgumentException if it does not judge pictures of that size
   */
  Tensor logits(Live pictures);
}
