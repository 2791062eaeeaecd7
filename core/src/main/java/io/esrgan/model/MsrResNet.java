package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Layer;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
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
 * a skip around the trunk, as SRGAN's; the picture is not added. Input and output are in [0, 1].
 * Keys are those of BasicSR.
 */
public final class MsrResNet implements Network {
  /** Slope of the leaky rectifier for negative input. */
  private static final double SLOPE = 0.1;

  private final List<Parameter> parameters;
  private final Form form;
  private final int scale;
  private final Conv2d convFirst;
  private final List<Layer> body = new ArrayList<>();
  private final Conv2d convBody; // the first form's only, else null
  private final List<Conv2d> upconv = new ArrayList<>();
  private final Conv2d convHr;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public MsrResNet(MsrResNetConfig config) {
    form = config.form();
    scale = config.scale();
    int nf = config.features();
    Blueprint root = Blueprint.empty();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    for (int i = 0; i < config.blocks(); i++) {
      Blueprint place = root.within("body").within(Integer.toString(i)).residual();
      body.add(new ResidualBlock(place, nf, 1));
    }
    convBody =
        config.form() == Form.TRUNK_SKIP ? new Conv2d(root.within("conv_body"), nf, nf, 3) : null;
    int factor = factor();
    for (int rest = config.scale(); rest > 1; rest /= factor) {
      Blueprint place = root.within("upconv" + (upconv.size() + 1));
      upconv.add(new Conv2d(place, nf, nf * factor * factor, 3));
    }
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
    parameters = root.parameters();
  }

  private int factor() {
    return scale == 3 ? 3 : 2;
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    return form == Form.TRUNK_SKIP ? trunkSkip(x) : pictureSkip(x);
  }

  private Features trunkSkip(Features x) {
    Features first = convFirst.forward(x);
    return enlarged(first.plus(convBody.forward(trunk(first))), 0);
  }

  private Features pictureSkip(Features x) {
    Features y = enlarged(trunk(convFirst.forward(x).leakyRelu(SLOPE)), SLOPE);
    return y.plus(x.upsample(Interpolation.BILINEAR, scale));
  }

  private Features trunk(Features x) {
    for (Layer block : body) {
      x = block.forward(x);
    }
    return x;
  }

  private Features enlarged(Features x, double slope) {
    for (Conv2d up : upconv) {
      x = up.forward(x).pixelShuffle(factor()).leakyRelu(slope);
    }
    return convLast.forward(convHr.forward(x).leakyRelu(slope));
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
