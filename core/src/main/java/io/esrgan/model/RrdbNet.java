package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Features;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.RrdbConfig;
import java.util.List;

/**
 * ESRGAN's generator: a {@link BasicFrame} around {@link Rrdb} blocks.
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
  private final BasicFrame frame;
  private final List<Parameter> parameters;

  /** The network that {@code config} describes. */
  public RrdbNet(RrdbConfig config) {
    this.config = config;
    Blueprint root = Blueprint.empty();
    frame =
        new BasicFrame(
            root,
            new BasicFrame.Measures(
                config.firstChannels(),
                config.features(),
                config.outChannels(),
                config.blocks(),
                config.upsamplings(),
                false),
            place -> new Rrdb(place, config.features(), config.growth(), config.plus()));
    parameters = root.parameters();
  }

  @Override
  public Features forward(Features x) { // (n, c, h, w) → (n, c, scale h, scale w)
    return frame.forward(config.unshuffle() > 1 ? x.pixelUnshuffle(config.unshuffle()) : x);
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
