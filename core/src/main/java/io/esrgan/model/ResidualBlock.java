package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;

/**
 * Two 3x3 convolutions with a rectifier between them, their result scaled and added to the input
 * (Lim et al. 2017, figure 2c); as a rule without batch normalisation, else with one behind each
 * (figure 2b; Ledig et al. 2017, figure 4).
 */
final class ResidualBlock implements Layer {
  private final NormalisedConv first;
  private final NormalisedConv second;
  private final double scale;

  ResidualBlock(Blueprint place, int features, double scale) {
    this(place, features, scale, false);
  }

  ResidualBlock(Blueprint place, int features, double scale, boolean batchNorm) {
    first = NormalisedConv.at(place.within("conv1"), place.within("bn1"), features, batchNorm);
    second = NormalisedConv.at(place.within("conv2"), place.within("bn2"), features, batchNorm);
    this.scale = scale;
  }

  /** Blocks one behind the other. */
  static Layer several(Blueprint place, int blocks, int features, double scale) {
    return Sequence.of(
        place, blocks, block -> new ResidualBlock(block.residual(), features, scale));
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
    return x.plus(second.forward(first.forward(x).relu()), scale);
  }
}
