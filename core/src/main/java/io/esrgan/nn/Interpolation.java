package io.esrgan.nn;

import java.util.stream.IntStream;

/**
 * Ways of enlarging between pixels, the picture's edge repeated outwards. These are the two that
 * published networks have inside; pictures themselves are resized by {@code io.esrgan.image}.
 */
public enum Interpolation {
  /** Between pixel centres, linearly: PyTorch's, corners not aligned. */
  BILINEAR(1, 1) {
    @Override
    double position(int phase, int factor) {
      return (phase + 0.5) / factor - 0.5;
    }

    @Override
    double kernel(double distance) {
      return Math.max(0, 1 - distance);
    }
  },
  /**
   * By cubics with a = -0.75 between the pixels' upper left corners: the {@code resize_images} of
   * TensorFlow 1, which shifts the picture by half a pixel of the result's grid and which networks
   * trained with it expect.
   */
  BICUBIC_CORNERS(1, 2) {
    @Override
    double position(int phase, int factor) {
      return (double) phase / factor;
    }

    @Override
    double kernel(double x) {
      return x < 1
          ? ((A + 2) * x - (A + 3)) * x * x + 1
          : x < 2 ? ((A * x - 5 * A) * x + 8 * A) * x - 4 * A : 0;
    }
  };

  private static final double A = -0.75;

  private final int before;
  private final int after;

  Interpolation(int before, int after) {
    this.before = before;
    this.after = after;
  }

  /** Pixels that are read before the one that a block of results lies in. */
  public int before() {
    return before;
  }

  /** Pixels that are read after it. */
  public int after() {
    return after;
  }

  /** Where a result lies, in pixels from the one that its block lies in. */
  abstract double position(int phase, int factor);

  /** The weight of a pixel at a distance of 0 or more. */
  abstract double kernel(double distance);

  /**
   * What the pixels from {@code before} on are multiplied with for each of the {@code factor}
   * results of a block.
   */
  public double[][] taps(int factor) {
    return IntStream.range(0, factor)
        .mapToObj(
            phase ->
                IntStream.rangeClosed(-before, after)
                    .mapToDouble(pixel -> kernel(Math.abs(position(phase, factor) - pixel)))
                    .toArray())
        .toArray(double[][]::new);
  }
}
