package io.esrgan.model;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Layer;
import io.esrgan.weights.EnhanceNetConfig;

/**
 * EnhanceNet's generator: residual blocks, doubled twice by repeating pixels, added to the picture
 * enlarged bicubically. Always four times larger.
 *
 * <p>Sajjadi et al. 2017, section 4.1 and table 1, and the authors' code: a mean is taken off
 * first, and the enlargement is that of TensorFlow 1, which other programs' bicubic is not. Input
 * and output are in [0, 1]. Keys are those that BasicSR would give.
 */
public final class EnhanceNet extends Generator {
  private static final double[] MEAN = {0.47614917, 0.45001204, 0.40904046}; // red to blue

  private final Conv2d convFirst;
  private final Layer body;
  private final Conv2d convUp1;
  private final Conv2d convUp2;
  private final Conv2d convHr;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public EnhanceNet(EnhanceNetConfig config) {
    int nf = config.features();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    body = ResidualBlock.several(root.within("body"), config.blocks(), nf, 1);
    convUp1 = new Conv2d(root.within("conv_up1"), nf, nf, 3);
    convUp2 = new Conv2d(root.within("conv_up2"), nf, nf, 3);
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, 4 h, 4 w)
    Features low = x.affine(1, -MEAN[0], -MEAN[1], -MEAN[2]);
    Features y = body.forward(convFirst.forward(low).relu());
    y = convUp1.forward(y.upsampleNearest(2)).relu();
    y = convUp2.forward(y.upsampleNearest(2)).relu();
    y = convLast.forward(convHr.forward(y).relu());
    return low.upsample(Interpolation.BICUBIC_CORNERS, 4).plus(y).affine(1, MEAN);
  }
}
