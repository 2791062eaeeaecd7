package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/** How far a network's pictures are from those wanted. */
@FunctionalInterface
public interface Loss {

  /**
   * The loss over a batch.
   *
   * @param output (n, c, h, w) float32, what the network made
   * @param target the same shape, what it should have made, in [0, 1]
   * @return one element, carrying gradient
   */
  Tensor of(Tensor output, Tensor target);

  /**
   * Mean absolute difference (Wang et al. 2018, section 3.4, L_1; the PSNR-oriented stage's only
   * loss).
   */
  Loss L1 = Tensor::l1Loss;
}
