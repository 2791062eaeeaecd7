package io.esrgan.model;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import io.esrgan.weights.EdsrConfig;

/**
 * EDSR: residual blocks without normalisation whose results are scaled, one long skip, channels
 * folded into pixels; the mean of DIV2K is taken off, and colours go from 0 to 255 inside.
 *
 * <p>Lim et al. 2017, section 3 and figure 3, and the authors' code. Input and output are in [0,
 * 1]. Keys are those of BasicSR, where the mean is not among the weights.
 */
public final class Edsr extends Generator {
  private static final double[] MEAN = {0.4488, 0.4371, 0.4040}; // of DIV2K, red to blue
  private static final double RANGE = 255;

  private final Conv2d convFirst;
  private final Layer body;
  private final Conv2d convAfterBody;
  private final Layer upsample;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public Edsr(EdsrConfig config) {
    int nf = config.features();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    body = ResidualBlock.several(root.within("body"), config.blocks(), nf, config.residualScale());
    convAfterBody = new Conv2d(root.within("conv_after_body"), nf, nf, 3);
    upsample = new PixelUpsampling(root.within("upsample"), nf, config.scale());
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    Features first = convFirst.forward(meanTaken(x));
    Features y = first.plus(convAfterBody.forward(body.forward(first)));
    return meanGiven(convLast.forward(upsample.forward(y)));
  }

  /** Colours around 0, from -255 to 255. */
  static Features meanTaken(Features x) {
    return x.affine(RANGE, -RANGE * MEAN[0], -RANGE * MEAN[1], -RANGE * MEAN[2]);
  }

  /** Colours in [0, 1] again. */
  static Features meanGiven(Features x) {
    return x.affine(1 / RANGE, MEAN);
  }
}
