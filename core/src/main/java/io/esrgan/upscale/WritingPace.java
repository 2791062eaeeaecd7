package io.esrgan.upscale;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.metric.Consistency;
import io.esrgan.tensor.Engine;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.time.Duration;
import java.util.SplittableRandom;

/** How fast this machine writes results, found out on one that is somewhat noisy. */
final class WritingPace {
  private static final int SIDE = 768;
  private static final int SCALE = 4;
  private static final int NOISE = 8; // levels of 255
  private static final int TRIALS = 3; // Java is slow at first

  /** Seconds of a processor; 0.6 to 1.2 were seen, of pictures that take 1.5 and 5. */
  private static final double COMPILING = 0.7;

  private double secondsPerByte; // of all processors; 0 until it is known

  /**
   * What writing a result of so many bytes as PNG takes, compressed by all processors together, and
   * what Java takes to compile it all.
   */
  Duration of(double bytes) {
    if (secondsPerByte == 0) {
      secondsPerByte = measured();
    }
    double seconds = bytes * secondsPerByte + COMPILING / Engine.threads();
    return Duration.ofMillis(Math.round(1000 * seconds));
  }

  /** A result becomes samples, is compared with what it was made of, and compressed. */
  private static double measured() {
    Picture picture = noisy(SIDE);
    Picture low = noisy(SIDE / SCALE);
    double seconds = 0;
    try (Scope scope = Scope.open()) {
      Tensor result = Pixels.toTensor(picture);
      for (int i = 0; i < TRIALS; i++) {
        long start = System.nanoTime();
        Picture made = Pixels.toPicture(result, null, Byte.SIZE, Metadata.NONE);
        Consistency.of(low, made);
        Images.png(made);
        seconds = (System.nanoTime() - start) / 1e9;
      }
    }
    return seconds / picture.bytes().length;
  }

  private static Picture noisy(int side) {
    SplittableRandom random = new SplittableRandom(0);
    byte[] samples = new byte[side * side * Picture.Channels.RGB.count()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 200L / samples.length + random.nextInt(NOISE));
    }
    return Picture.of8Bit(side, side, Picture.Channels.RGB, samples, Metadata.NONE);
  }
}
