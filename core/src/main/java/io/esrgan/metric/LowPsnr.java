package io.esrgan.metric;

import io.esrgan.image.Picture;
import java.util.List;

/**
 * {@link Consistency} as a metric: the PSNR between a picture and the one that was made of it,
 * shrunk again by bicubic; over RGB, no border cut, rounded to 8 bits.
 */
public final class LowPsnr implements OfInput {
  @Override
  public String name() {
    return "LR-PSNR";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public List<Protocol> protocols(int scale) {
    return List.of(new Protocol(Channel.RGB, 0));
  }

  /**
   * Measures the candidate against the low-resolution picture.
   *
   * @throws IllegalArgumentException if the candidate is smaller or has other channels, or the
   *     protocol is not RGB without a border
   */
  @Override
  public double measure(Picture low, Picture candidate, Protocol protocol) {
    if (protocol.channel() != Channel.RGB || protocol.border() != 0) {
      throw new IllegalArgumentException(
          name() + " takes RGB without a border, not " + protocol.stamp());
    }
    return Consistency.of(low.to8Bits(), candidate.to8Bits());
  }
}
