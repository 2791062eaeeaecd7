package io.esrgan.model;

import io.esrgan.nn.BatchNorm2d;
import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Linear;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.VggDiscriminatorConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The paper's discriminator: stages of two convolutions, the second of which halves the size, until
 * 4 x 4 pixels are left, then two fully connected layers.
 *
 * <p>Wang et al. 2018, section 4.1 and the authors' code; after VGG (Simonyan and Zisserman 2015)
 * and SRGAN (Ledig et al. 2017, figure 4). Batch normalisation follows every convolution but the
 * first. Pictures of 128 x 128 take five stages, of 256 x 256 one more. Keys are those of BasicSR.
 */
public final class VggDiscriminator implements Discriminator {
  private static final int HIDDEN = 100;
  private static final int LAST_SIDE = 4; // pixels that the fully connected layers see

  /** Two convolutions at one size; no normalisation after the very first. */
  private record Stage(Conv2d keeping, BatchNorm2d kept, Conv2d halving, BatchNorm2d halved) {
    Live forward(Live x) { // (n, in, h, w) → (n, out, h / 2, w / 2)
      Live y = keeping.forward(x);
      y = (kept == null ? y : kept.forward(y)).leakyRelu(SLOPE);
      return halved.forward(halving.forward(y)).leakyRelu(SLOPE);
    }
  }

  private final VggDiscriminatorConfig config;
  private final List<Parameter> parameters;
  private final List<Stage> stages = new ArrayList<>();
  private final Linear linear1;
  private final Linear linear2;

  /** The network that {@code config} describes. */
  public VggDiscriminator(VggDiscriminatorConfig config) {
    this.config = config;
    Blueprint root = Blueprint.empty();
    int in = config.channels();
    int out = config.features();
    for (int i = 0; i < config.stages(); i++) {
      boolean first = i == 0;
      String conv = "conv" + i + "_";
      String norm = "bn" + i + "_";
      stages.add(
          new Stage(
              new Conv2d(root.within(conv + 0), in, out, 3, 1, 1, first || config.biased()),
              first ? null : new BatchNorm2d(root.within(norm + 0), out),
              new Conv2d(root.within(conv + 1), out, out, 4, 2, 1, config.biased()),
              new BatchNorm2d(root.within(norm + 1), out)));
      in = out;
      out = Math.min(2 * out, 8 * config.features());
    }
    linear1 = new Linear(root.within("linear1"), in * LAST_SIDE * LAST_SIDE, HIDDEN);
    linear2 = new Linear(root.within("linear2"), HIDDEN, 1);
    parameters = root.parameters();
  }

  @Override
  public Tensor logits(Live pictures) {
    requireSide(pictures.tensor());
    Live x = pictures;
    for (Stage stage : stages) {
      x = stage.forward(x);
    }
    Tensor last = x.tensor(); // (n, 8 width, 4, 4)
    Live flat = x.with(last.reshape(last.size(0), last.count() / last.size(0)));
    return linear2.forward(linear1.forward(flat).leakyRelu(SLOPE)).tensor().to(Precision.FLOAT32);
  }

  private void requireSide(Tensor pictures) {
    int side = config.side();
    if (pictures.size(2) != side || pictures.size(3) != side) {
      throw new IllegalArgumentException(
          "this discriminator judges pictures of %dx%d pixels, not %dx%d"
              .formatted(side, side, pictures.size(3), pictures.size(2)));
    }
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
