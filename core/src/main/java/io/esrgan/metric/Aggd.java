package io.esrgan.metric;

import java.util.Arrays;

/**
 * The asymmetric generalised Gaussian distribution: a bell of any pointedness that may be wider on
 * one side (Lasmar et al. 2009; as fitted by Mittal et al. 2013, section II-B).
 *
 * @param shape 2 for Gaussian, 1 for Laplacian; 0.2 to 10
 * @param left the scale of what is below zero; NaN if nothing is
 * @param right the scale of what is above zero; NaN if nothing is
 */
record Aggd(double shape, double left, double right) {
  private static final double FIRST = 0.2;
  private static final double STEP = 0.001;
  private static final double[] RATIOS = ratios(9801); // of shapes up to 10, growing

  private static double[] ratios(int count) {
    double[] ratios = new double[count];
    for (int i = 0; i < count; i++) {
      double shape = shape(i);
      double middle = GammaFunction.of(2 / shape);
      ratios[i] = middle * middle / (GammaFunction.of(1 / shape) * GammaFunction.of(3 / shape));
    }
    return ratios;
  }

  private static double shape(int index) {
    return FIRST + index * STEP;
  }

  /**
   * Fits by moments, the shape to the nearest of 0.2, 0.201 and so on. Where one side is empty the
   * shape is 0.2, as in the authors' code.
   */
  static Aggd fit(double[] values) {
    double absolute = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    int lefts = 0;
    int rights = 0;
    for (double value : values) {
      absolute += Math.abs(value);
      if (value < 0) {
        leftSquares += value * value;
        lefts++;
      } else if (value > 0) {
        rightSquares += value * value;
        rights++;
      }
    }
    double left = Math.sqrt(leftSquares / lefts);
    double right = Math.sqrt(rightSquares / rights);
    double g = left / right;
    double ratio = absolute * absolute / values.length / (leftSquares + rightSquares);
    double corrected = ratio * (g * g * g + 1) * (g + 1) / ((g * g + 1) * (g * g + 1));
    double shape = shape(nearest(corrected));
    double scale = Math.sqrt(GammaFunction.of(1 / shape) / GammaFunction.of(3 / shape));
    return new Aggd(shape, left * scale, right * scale);
  }

  /** The index of the ratio nearest to this one, the first for NaN. */
  private static int nearest(double ratio) {
    if (Double.isNaN(ratio)) {
      return 0;
    }
    int above = Arrays.binarySearch(RATIOS, ratio);
    if (above >= 0) {
      return above;
    }
    above = -above - 1;
    if (above == 0 || above == RATIOS.length) {
      return above == 0 ? 0 : above - 1;
    }
    return ratio - RATIOS[above - 1] <= RATIOS[above] - ratio ? above - 1 : above;
  }

  /** Its mean; NaN if a side is empty. */
  double mean() {
    return (right - left) * GammaFunction.of(2 / shape) / GammaFunction.of(1 / shape);
  }
}
