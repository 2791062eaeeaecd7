package io.esrgan.model;

import io.esrgan.nn.BatchNorm2d;
import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;

/**
 * A 3x3 convolution that is normalised by the batch, or one with a bias that is not.
 *
 * @param norm null where there is none
 */
record NormalisedConv(Conv2d convolution, BatchNorm2d norm) implements Layer {

  /** From as many channels to as many. */
  static NormalisedConv at(Blueprint conv, Blueprint bn, int features, boolean batchNorm) {
    return batchNorm
        ? new NormalisedConv(
            Conv2d.withoutBias(conv, features, features, 3), new BatchNorm2d(bn, features))
        : new NormalisedConv(new Conv2d(conv, features, features, 3), null);
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
    Features y = convolution.forward(x);
    return norm == null ? y : norm.forward(y);
  }
}
