package io.esrgan.upscale;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.time.Duration;
import java.util.SplittableRandom;

/** How fast this machine writes pictures, found out on one that is somewhat noisy. */
final class WritingPace {
  private static final int SIDE = 384;
  private static final int NOISE = 8; // levels of 255
  private static final int TRIALS = 3; // Java is slow at first

  private double secondsPerByte; // of all processors; 0 until it is known

  /** What writing a picture of so many bytes as PNG takes, which all processors do together. */
  Duration of(double bytes) {
    if (secondsPerByte == 0) {
      secondsPerByte = measured();
    }
    return Duration.ofMillis(Math.round(1000 * bytes * secondsPerByte));
  }

  private static double measured() {
    Picture picture = noisy();
    double seconds = 0;
    for (int i = 0; i < TRIALS; i++) {
      long start = System.nanoTime();
      Images.png(picture);
      seconds = (System.nanoTime() - start) / 1e9;
    }
    return seconds / picture.bytes().length;
  }

  private static Picture noisy() {
    SplittableRandom random = new SplittableRandom(0);
    byte[] samples = new byte[SIDE * SIDE * Picture.Channels.RGB.count()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 200L / samples.length + random.nextInt(NOISE));
    }
    return Picture.of8Bit(SIDE, SIDE, Picture.Channels.RGB, samples, Metadata.NONE);
  }
}
