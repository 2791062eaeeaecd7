package io.esrgan.study;

import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;

/**
 * The mean of two pictures, weighted pixel by pixel: what Wang et al. 2018, section 3.4 and figure
 * 10, hold network interpolation against. The results of the networks are taken as 8-bit files hold
 * them.
 */
final class ImageInterpolation {
  private ImageInterpolation() {}

  /** {@code (1 - alpha) a + alpha b} with 8 bits a sample; the pictures are of one size. */
  static Picture between(Picture a, Picture b, double alpha) {
    Channels channels = a.channels();
    if (a.width() != b.width() || a.height() != b.height() || channels != b.channels()) {
      throw new IllegalArgumentException("%s and %s cannot be mixed".formatted(a, b));
    }
    byte[] from = a.to8Bits().bytes();
    byte[] to = b.to8Bits().bytes();
    byte[] mixed = new byte[from.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (byte) Math.round((1 - alpha) * (from[i] & 0xff) + alpha * (to[i] & 0xff));
    }
    return Picture.of8Bit(a.width(), a.height(), channels, mixed, a.metadata());
  }
}
