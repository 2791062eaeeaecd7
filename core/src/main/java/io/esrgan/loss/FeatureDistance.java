package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/** How far apart two pictures' maps of one layer of a feature network are. */
public sealed interface FeatureDistance permits PixelLoss, TextureDistance {

  /**
   * The distance for a batch.
   *
   * @param output (n, c, h, w), float32, carrying gradient
   * @param target the same shape, what it should have been
   * @return one element
   */
  Tensor of(Tensor output, Tensor target);
}
