package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;

/**
 * Five convolutions, each reading the block's input and all results before its own; the last is
 * scaled by beta and added to the input.
 *
 * <p>Wang et al. 2018, section 3.1 and figure 4. ESRGAN+ (Rakotonirina and Rasoanaivo 2020) adds
 * two shortcuts inside.
 */
final class ResidualDenseBlock implements Layer {
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final Conv2d conv3;
  private final Conv2d conv4;
  private final Conv2d conv5;
  private final Conv2d shortcut; // ESRGAN+ only, else null

  ResidualDenseBlock(Blueprint place, int features, int growth, boolean plus) {
    shortcut = plus ? Conv2d.withoutBias(place.within("conv1x1"), features, growth, 1) : null;
    conv1 = new Conv2d(place.within("conv1"), features, growth, 3);
    conv2 = new Conv2d(place.within("conv2"), features + growth, growth, 3);
    conv3 = new Conv2d(place.within("conv3"), features + 2 * growth, growth, 3);
    conv4 = new Conv2d(place.within("conv4"), features + 3 * growth, growth, 3);
    conv5 = new Conv2d(place.within("conv5"), features + 4 * growth, features, 3);
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
    Features x1 = conv1.forward(x).leakyRelu(RrdbNet.SLOPE); // (n, gc, h, w), as x2 to x4
    Features x2 = conv2.forward(x.with(x1)).leakyRelu(RrdbNet.SLOPE);
    if (shortcut != null) {
      x2 = x2.plus(shortcut.forward(x));
    }
    Features x3 = conv3.forward(x.with(x1, x2)).leakyRelu(RrdbNet.SLOPE);
    Features x4 = conv4.forward(x.with(x1, x2, x3)).leakyRelu(RrdbNet.SLOPE);
    if (shortcut != null) {
      x4 = x4.plus(x2);
    }
    Features x5 = conv5.forward(x.with(x1, x2, x3, x4));
    return x.plus(x5, RrdbNet.BETA);
  }
}
