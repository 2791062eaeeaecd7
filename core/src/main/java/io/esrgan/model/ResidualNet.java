package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Features;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.ResidualConfig;
import java.util.List;

/**
 * ESRGAN's generator with plain residual blocks in place of its own, with or without batch
 * normalisation: what the paper's ablation begins with.
 *
 * <p>Wang et al. 2018, section 4.4 and figure 8. Where there is normalisation it lies behind each
 * convolution of a block and behind the one that ends the trunk, and those have no biases, as in
 * SRGAN's generator (Ledig et al. 2017, figure 4). Input and output are in [0, 1].
 */
public final class ResidualNet implements Network {
  private final ResidualConfig config;
  private final BasicFrame frame;
  private final List<Parameter> parameters;

  /** The network that {@code config} describes. */
  public ResidualNet(ResidualConfig config) {
    this.config = config;
    Blueprint root = Blueprint.empty();
    frame =
        new BasicFrame(
            root,
            new BasicFrame.Measures(
                config.channels(),
                config.features(),
                config.channels(),
                config.blocks(),
                config.upsamplings(),
                config.normalised()),
            place ->
                new ResidualBlock(
                    place, config.features(), config.residualScale(), config.normalised()));
    parameters = root.parameters();
  }

  @Override
  public Features forward(Features x) { // (n, c, h, w) → (n, c, scale h, scale w)
    return frame.forward(x);
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public int inputChannels() {
    return config.channels();
  }
}
