package io.esrgan.study;

import io.esrgan.degrade.Kernel;
import io.esrgan.degrade.Planes;
import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import io.esrgan.metric.BrightnessShift;
import io.esrgan.metric.Protocol;

/**
 * How often each brightness occurs in pictures whose gray was blurred, so that texture does not
 * count (Wang et al. 2018, figure 9a).
 */
final class BrightnessHistogram {
  /** Deviation of the Gaussian in pixels; the paper does not give its own. */
  static final double SIGMA = 3;

  private static final int SIZE = 19; // of its kernel, three deviations to each side
  private static final int LEVELS = 256;
  private static final Kernel BLUR = Kernel.gaussian(SIZE, SIGMA, SIGMA, 0);

  private final Protocol protocol;
  private final long[] counts = new long[LEVELS];
  private long pixels;

  /**
   * Of no picture yet.
   *
   * @param scale pixels cut off at each side, as of measured pictures
   */
  BrightnessHistogram(int scale) {
    protocol = Protocol.paper(scale);
  }

  /** Counts a picture's pixels too. */
  void add(Picture picture) {
    Plane gray = BrightnessShift.gray(picture, protocol);
    float[] values = new float[gray.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) gray.values()[i];
    }
    for (float value : BLUR.filter(new Planes(1, gray.height(), gray.width(), values)).values()) {
      counts[Math.max(0, Math.min(LEVELS - 1, Math.round(value)))]++;
    }
    pixels += values.length;
  }

  /** The share of pixels of each level, 256 of them. */
  double[] shares() {
    double[] shares = new double[LEVELS];
    for (int i = 0; i < LEVELS; i++) {
      shares[i] = counts[i] / (double) Math.max(1, pixels);
    }
    return shares;
  }
}
