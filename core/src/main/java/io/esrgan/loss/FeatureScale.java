package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * What features are divided by before they are compared.
 *
 * @param divisor a constant: 12.75 in SRGAN (Ledig et al. 2017, section 3.2), by which a squared
 *     difference becomes 0.006 of what it was; 1 for none
 * @param unitMean whether each layer is first divided by the mean absolute value that it has for
 *     the real pictures of the batch, so that layers and networks of any range weigh alike. Sajjadi
 *     et al. 2017, section 5.3, divide by means over a data set instead.
 */
public record FeatureScale(double divisor, boolean unitMean) {
  /** Features as they are. */
  public static final FeatureScale NONE = new FeatureScale(1, false);

  private static final double LEAST_MEAN = 1e-12; // a layer may be silent

  /**
   * @throws IllegalArgumentException if the divisor is not above 0
   */
  public FeatureScale {
    if (!(divisor > 0) || !Double.isFinite(divisor)) {
      throw new IllegalArgumentException("features cannot be divided by " + divisor);
    }
  }

  /**
   * One layer's maps, divided.
   *
   * @param ofReal its maps of the real pictures, without gradient
   */
  Tensor divide(Tensor maps, Tensor ofReal) {
    Tensor divided = unitMean ? maps.dividedBy(ofReal.abs().mean().atLeast(LEAST_MEAN)) : maps;
    return divisor == 1 ? divided : divided.times(1 / divisor);
  }
}
