package io.esrgan.nn;

/**
 * Every channel multiplied with a factor from 0 to 1 that depends on all channels' means over the
 * whole picture (Zhang et al. 2018, section 3.3 and figure 3; after Hu et al. 2018).
 *
 * @param squeeze 1x1 convolution of the means, before a rectifier
 * @param excite 1x1 convolution behind it, before the sigmoid
 */
public record ChannelAttention(Conv2d squeeze, Conv2d excite) implements Layer {

  @Override
  public Features forward(Features x) {
    return x.attend(this);
  }
}
