package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Layer;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * MSRResNet, SRResNet without normalisation, as ESRGAN's authors trained it for comparison (Wang et
 * al. 2018, section 4.1), in the forms that their code had.
 *
 * <p>{@link Form#BILINEAR} is the later one: leaky rectifiers, the trunk without a skip, its result
 * added to the picture enlarged bilinearly. {@link Form#FIRST} has plain rectifiers and a skip
 * around the trunk, as SRGAN's; the picture is not added. Input and output are in [0, 1]. Keys are
 * those of BasicSR.
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

  /** Which of the authors' codes. */
  public enum Form {
    /** Of 2019 and later. */
    BILINEAR,
    /** Of 2018. */
    FIRST
  }

  /**
   * A network.
   *
   * @param features channels of the trunk, 64 in the paper
   * @param blocks residual blocks, 16 in the paper
   * @param scale 1, 3 or a power of two
   */
  public MsrResNet(int features, int blocks, int scale, Form form) {
    this.form = form;
    this.scale = scale;
    Blueprint root = Blueprint.empty();
    convFirst = new Conv2d(root.within("conv_first"), 3, features, 3);
    for (int i = 0; i < blocks; i++) {
      Blueprint place = root.within("body").within(Integer.toString(i)).residual();
      body.add(new ResidualBlock(place, features, 1));
    }
    convBody =
        form == Form.FIRST ? new Conv2d(root.within("conv_body"), features, features, 3) : null;
    int factor = factor();
    for (int rest = scale; rest > 1; rest /= factor) {
      Blueprint place = root.within("upconv" + (upconv.size() + 1));
      upconv.add(new Conv2d(place, features, features * factor * factor, 3));
    }
    convHr = new Conv2d(root.within("conv_hr"), features, features, 3);
    convLast = new Conv2d(root.within("conv_last"), features, 3, 3);
    parameters = root.parameters();
  }

  private int factor() {
    return scale == 3 ? 3 : 2;
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    return form == Form.FIRST ? first(x) : bilinear(x);
  }

  private Features first(Features x) {
    Features first = convFirst.forward(x);
    return enlarged(first.plus(convBody.forward(trunk(first))), 0);
  }

  private Features bilinear(Features x) {
    Features y = enlarged(trunk(convFirst.forward(x).leakyRelu(SLOPE)), SLOPE);
    return y.plus(scale == 1 ? x : x.upsample(Interpolation.BILINEAR, scale));
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
