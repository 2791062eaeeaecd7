package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/** How far apart two tensors are, value by value. */
public enum PixelLoss implements FeatureDistance {
  /** Mean absolute difference (Wang et al. 2018, section 3.4, L_1). */
  L1 {
    @Override
    public Tensor of(Tensor output, Tensor target) {
      return output.l1Loss(target);
    }
  },
  /** Mean squared difference (Dong et al. 2014, equation 4). */
  MSE {
    @Override
    public Tensor of(Tensor output, Tensor target) {
      return output.meanSquaredError(target);
    }
  },
  /**
   * Mean of {@code sqrt(d² + 1e-12)}: the absolute difference d, made smooth at 0 (Lai et al. 2017,
   * section 3.3; the constant of BasicSR).
   */
  CHARBONNIER {
    @Override
    public Tensor of(Tensor output, Tensor target) {
      return output.minus(target).square().plus(SMOOTHING).sqrt().mean();
    }
  };

  private static final double SMOOTHING = 1e-12;

  /**
   * The loss of a batch.
   *
   * @param output what was made, any shape
   * @param target the same shape, what should have been made
   * @return one element, carrying gradient
   */
  @Override
  public abstract Tensor of(Tensor output, Tensor target);
}
