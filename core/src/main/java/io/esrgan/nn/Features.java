package io.esrgan.nn;

import java.util.List;

/**
 * What flows through a network: feature maps (n, c, h, w), computed or only described.
 *
 * <p>A forward pass is written once, against this. On {@link Live} maps it computes, and trains; on
 * {@link Recorded} maps it leaves a {@link Graph}, whose operations can be applied to maps of any
 * kind again. Kinds do not mix.
 */
public interface Features {

  /** Convolution with zero padding. */
  Features convolve(Conv2d layer);

  /** {@code x} where positive, {@code slope * x} elsewhere. */
  Features leakyRelu(double slope);

  /** {@code x} where positive, 0 elsewhere. */
  default Features relu() {
    return leakyRelu(0);
  }

  /** {@code x} where positive, elsewhere {@code x} times a slope that is trained. */
  Features parametricRelu(PRelu layer);

  /** Every channel normalised: in training by the batch, otherwise by what was measured then. */
  Features normalise(BatchNorm2d layer);

  /**
   * {@code scale * this + shift}.
   *
   * @param shift one number a channel
   */
  Features affine(double scale, double... shift);

  /**
   * Channels that are sums of these.
   *
   * @param matrix what each of these is multiplied with, by channel that comes out
   */
  Features mix(double[][] matrix);

  /** Every channel multiplied with what the means of all over the whole picture say. */
  Features attend(ChannelAttention layer);

  /** {@code this + scale * other}. */
  Features plus(Features other, double scale);

  /** {@code this + other}. */
  default Features plus(Features other) {
    return plus(other, 1);
  }

  /** This, then the others, side by side along the channels. */
  Features with(List<Features> others);

  /** This, then the others, side by side along the channels. */
  default Features with(Features... others) {
    return with(List.of(others));
  }

  /** Every pixel repeated {@code factor} times in each direction. */
  Features upsampleNearest(int factor);

  /** {@code factor} times as high and wide, with values between those of the pixels. */
  Features upsample(Interpolation interpolation, int factor);

  /** Channels folded into pixels: (n, c f f, h, w) to (n, c, f h, f w). */
  Features pixelShuffle(int factor);

  /** Pixels folded into channels: (n, c, f h, f w) to (n, c f f, h, w). */
  Features pixelUnshuffle(int factor);
}
