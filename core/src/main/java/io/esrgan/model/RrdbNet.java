package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.RrdbConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * ESRGAN's generator: a first convolution, a trunk of {@link Rrdb} with one long skip, upsampling
 * by two as often as the scale asks, two last convolutions.
 *
 * <p>Wang et al. 2018, section 3.1, figures 3 and 4. Scales 2 and 1 fold pixels into channels first
 * and upsample as scale 4 does (Real-ESRGAN; Wang et al. 2021). Input and output are in [0, 1], no
 * mean is subtracted. Keys are those of BasicSR.
 */
public final class RrdbNet implements Network {
  /** Residual scaling (section 3.1). */
  public static final double BETA = 0.2;

  /** Slope of the rectifier for negative input. */
  static final double SLOPE = 0.2;

  private final RrdbConfig config;
  private final List<Parameter> parameters;
  private final Conv2d convFirst;
  private final List<Layer> body = new ArrayList<>();
  private final Conv2d convBody;
  private final List<Conv2d> convUp = new ArrayList<>();
  private final Conv2d convHr;
  private final Conv2d convLast;

  /** The network that {@code config} describes. */
  public RrdbNet(RrdbConfig config) {
    this.config = config;
    int nf = config.features();
    Blueprint root = Blueprint.empty();
    convFirst = new Conv2d(root.within("conv_first"), config.firstChannels(), nf, 3);
    for (int i = 0; i < config.blocks(); i++) {
      Blueprint place = root.within("body").within(Integer.toString(i)).residual();
      body.add(new Rrdb(place, nf, config.growth(), config.plus()));
    }
    convBody = new Conv2d(root.within("conv_body"), nf, nf, 3);
    for (int i = 1; i <= config.upsamplings(); i++) {
      convUp.add(new Conv2d(root.within("conv_up" + i), nf, nf, 3));
    }
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, config.outChannels(), 3);
    parameters = root.parameters();
  }

  @Override
  public Features forward(Features x) { // (n, c, h, w) → (n, c, scale h, scale w)
    if (config.unshuffle() > 1) {
      x = x.pixelUnshuffle(config.unshuffle());
    }
    Features first = convFirst.forward(x);
    Features trunk = first;
    for (Layer rrdb : body) {
      trunk = rrdb.forward(trunk);
    }
    Features y = first.plus(convBody.forward(trunk));
    for (Conv2d up : convUp) {
      y = up.forward(y.upsampleNearest(2)).leakyRelu(SLOPE);
    }
    return convLast.forward(convHr.forward(y).leakyRelu(SLOPE));
  }

  /** What this network was made from. */
  public RrdbConfig config() {
    return config;
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int inputChannels() {
    return config.inChannels();
  }

  @Override
  public int sizeMultiple() {
    return config.unshuffle();
  }
}
