package io.esrgan.metric;

/** Euler's gamma function of positive numbers. */
final class GammaFunction {
  private static final double LARGE = 16; // from here on Stirling's series below is exact in double

  private GammaFunction() {}

  /** Correct to about 14 digits. */
  static double of(double x) {
    double below = 1;
    double z = x;
    for (; z < LARGE; z++) {
      below *= z;
    }
    return Math.exp(logOfLarge(z)) / below;
  }

  private static double logOfLarge(double z) {
    double inverse = 1 / (z * z);
    double series =
        1.0 / 12
            - inverse
                * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)));
    return (z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2 + series / z;
  }
}
