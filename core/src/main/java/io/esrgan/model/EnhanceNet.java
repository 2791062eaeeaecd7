package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Layer;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.EnhanceNetConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * EnhanceNet's generator: residual blocks, doubled twice by repeating pixels, added to the picture
 * enlarged bicubically. Always four times larger.
 *
 * <p>Sajjadi et al. 2017, section 4.1 and table 1, and the authors' code: a mean is taken off
 * first, and the enlargement is that of TensorFlow 1, which other programs' bicubic is not. Input
 * and output are in [0, 1]. Keys are those that BasicSR would give.
 */
public final class EnhanceNet implements Network {
  private static final double[] MEAN = {0.47614917, 0.45001204, 0.40904046}; // red to blue

  private final List<Parameter> parameters;
  private final Conv2d convFirst;
  private final List<Layer> body = new ArrayList<>();
  private final Conv2d convUp1;
  private final Conv2d convUp2;
  private final Conv2d convHr;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public EnhanceNet(EnhanceNetConfig config) {
    int nf = config.features();
    Blueprint root = Blueprint.empty();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    for (int i = 0; i < config.blocks(); i++) {
      Blueprint place = root.within("body").within(Integer.toString(i)).residual();
      body.add(new ResidualBlock(place, nf, 1));
    }
    convUp1 = new Conv2d(root.within("conv_up1"), nf, nf, 3);
    convUp2 = new Conv2d(root.within("conv_up2"), nf, nf, 3);
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
    parameters = root.parameters();
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, 4 h, 4 w)
    Features low = x.affine(1, -MEAN[0], -MEAN[1], -MEAN[2]);
    Features y = convFirst.forward(low).relu();
    for (Layer block : body) {
      y = block.forward(y);
    }
    y = convUp1.forward(y.upsampleNearest(2)).relu();
    y = convUp2.forward(y.upsampleNearest(2)).relu();
    y = convLast.forward(convHr.forward(y).relu());
    return low.upsample(Interpolation.BICUBIC_CORNERS, 4).plus(y).affine(1, MEAN);
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int inputChannels() {
    return 3;
  }
}
