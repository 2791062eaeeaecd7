package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Layer;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.MsrResNetConfig.Form;
import java.util.ArrayList;
import java.util.List;

/**
 * MSRResNet, SRResNet without normalisation, as ESRGAN's authors trained it for comparison (Wang et
 * al. 2018, section 4.1), in the forms that their code had.
 *
 * <p>{@link Form#PICTURE_SKIP} is the later one: leaky rectifiers, the trunk without a skip, its
 * result added to the picture enlarged bilinearly. {@link Form#TRUNK_SKIP} has plain rectifiers and
 * a skip around the trunk, as SRGAN's; the picture is not added. {@link Form#TRUNK_SKIP_UPCONV}
 * enlarges as ESRGAN's generator does. Input and output are in [0, 1]. Keys are those of BasicSR.
 */
public final class MsrResNet extends Generator {
  /** Slope of the leaky rectifier for negative input. */
  private static final double SLOPE = 0.1;

  private final Form form;
  private final int scale;
  private final int factor; // of each enlargement
  private final Conv2d convFirst;
  private final Layer body;
  private final Conv2d convBody; // of the first forms, else null
  private final List<Conv2d> upconv = new ArrayList<>();
  private final Conv2d convHr;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public MsrResNet(MsrResNetConfig config) {
    form = config.form();
    scale = config.scale();
    factor = config.factor();
    int nf = config.features();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    body = ResidualBlock.several(root.within("body"), config.blocks(), nf, 1);
    convBody = form == Form.PICTURE_SKIP ? null : new Conv2d(root.within("conv_body"), nf, nf, 3);
    int folded = form == Form.TRUNK_SKIP_UPCONV ? 1 : factor * factor;
    for (int rest = scale; rest > 1; rest /= factor) {
      Blueprint place = root.within("upconv" + (upconv.size() + 1));
      upconv.add(new Conv2d(place, nf, nf * folded, 3));
    }
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    return form == Form.PICTURE_SKIP ? pictureSkip(x) : trunkSkip(x);
  }

  private Features trunkSkip(Features x) {
    Features first = convFirst.forward(x);
    return enlarged(first.plus(convBody.forward(body.forward(first))), 0);
  }

  private Features pictureSkip(Features x) {
    Features y = enlarged(body.forward(convFirst.forward(x).leakyRelu(SLOPE)), SLOPE);
    return y.plus(x.upsample(Interpolation.BILINEAR, scale));
  }

  private Features enlarged(Features x, double slope) {
    for (Conv2d up : upconv) {
      x = larger(x, up).leakyRelu(slope);
    }
    return convLast.forward(convHr.forward(x).leakyRelu(slope));
  }

  private Features larger(Features x, Conv2d up) {
    return form == Form.TRUNK_SKIP_UPCONV
        ? up.forward(x.upsampleNearest(factor))
        : up.forward(x).pixelShuffle(factor);
  }
}
