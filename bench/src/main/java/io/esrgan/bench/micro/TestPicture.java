package io.esrgan.bench.micro;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.util.SplittableRandom;

/** A picture of 1024x1024 RGB pixels, smooth with some grain: noise alone would not compress. */
final class TestPicture {
  static final int SIDE = 1024;

  private TestPicture() {}

  static Picture make(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] samples = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % SIDE;
      int y = i / 3 / SIDE;
      double wave = Math.sin(x / 37.0 + i % 3) * Math.cos(y / 53.0);
      samples[i] = (byte) (128 + (int) (100 * wave) + random.nextInt(-4, 5));
    }
    return Picture.of8Bit(SIDE, SIDE, Picture.Channels.RGB, samples, Metadata.NONE);
  }
}
