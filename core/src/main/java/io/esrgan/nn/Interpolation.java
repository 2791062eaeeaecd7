package io.esrgan.nn;

import java.util.stream.IntStream;

/**
 * Ways of enlarging between pixels, the picture's edge repeated outwards. These are the ones that
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
   * Between pixel centres, by cubics with a = -0.5: MATLAB's imresize, but for the picture's edge,
   * where that one mirrors.
   */
  BICUBIC(2, 2) {
    @Override
    double position(int phase, int factor) {
      return (phase + 0.5) / factor - 0.5;
    }

    @Override
    double kernel(double distance) {
      return cubic(distance, -0.5);
    }
  },
  /**
   * Between the pixels' upper left corners, by cubics with a = -0.75: {@code resize_images} of
   * TensorFlow 1. It moves the picture, and networks trained with it expect that.
   */
  BICUBIC_CORNERS(1, 2) {
    @Override
    double position(int phase, int factor) {
      return (double) phase / factor;
    }

    @Override
    double kernel(double distance) {
      return cubic(distance, -0.75);
    }
  };

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

  /** Keys' family of cubics (1981); {@code a} is the slope at a distance of 1. */
  private static double cubic(double x, double a) {
    return x < 1
        ? ((a + 2) * x - (a + 3)) * x * x + 1
        : x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
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
