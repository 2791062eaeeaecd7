package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;

/**
 * Two 3x3 convolutions with a rectifier between them, their result scaled and added to the input;
 * no normalisation (Lim et al. 2017, figure 2c).
 */
final class ResidualBlock implements Layer {
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final double scale;

  ResidualBlock(Blueprint place, int features, double scale) {
    conv1 = new Conv2d(place.within("conv1"), features, features, 3);
    conv2 = new Conv2d(place.within("conv2"), features, features, 3);
    this.scale = scale;
  }

  /** Blocks one behind the other. */
  static Layer several(Blueprint place, int blocks, int features, double scale) {
    return Sequence.of(
        place, blocks, block -> new ResidualBlock(block.residual(), features, scale));
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
    return x.plus(conv2.forward(conv1.forward(x).relu()), scale);
  }
}
