package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;

/**
 * Residual in residual dense block: three dense blocks, their result scaled by beta and added to
 * the input.
 *
 * <p>Wang et al. 2018, section 3.1 and figure 4. No batch normalisation anywhere (section 4.4 shows
 * why).
 */
final class Rrdb implements Layer {
  private final Layer first;
  private final Layer second;
  private final Layer third;

  Rrdb(Blueprint place, int features, int growth, boolean plus) {
    first = new ResidualDenseBlock(place.within("rdb1"), features, growth, plus);
    second = new ResidualDenseBlock(place.within("rdb2"), features, growth, plus);
    third = new ResidualDenseBlock(place.within("rdb3"), features, growth, plus);
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
    return x.plus(third.forward(second.forward(first.forward(x))), RrdbNet.BETA);
  }
}
