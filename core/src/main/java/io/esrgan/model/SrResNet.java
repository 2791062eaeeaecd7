package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import io.esrgan.nn.PRelu;
import io.esrgan.weights.SrResNetConfig;

/**
 * SRResNet, SRGAN's generator: residual blocks with batch normalisation and trained rectifiers, one
 * long skip, channels folded into pixels.
 *
 * <p>Ledig et al. 2017, section 2.1.1 and figure 4. Input and output are in [0, 1]. Without
 * normalisation the convolutions have biases instead. Keys are those of its PyTorch transcription.
 */
public final class SrResNet extends Generator {
  private final Conv2d conv1;
  private final PRelu rectifier;
  private final Layer trunk;
  private final NormalisedConv conv2;
  private final Layer upsampling;
  private final Conv2d conv3;

  private record Block(NormalisedConv first, PRelu rectifier, NormalisedConv second)
      implements Layer {
    static Block at(Blueprint place, SrResNetConfig config) {
      return new Block(
          normalised(place, 0, config),
          new PRelu(place.within("2"), 1),
          normalised(place, 3, config));
    }

    @Override
    public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
      return x.plus(second.forward(rectifier.forward(first.forward(x))));
    }
  }

  private record Upsampling(Conv2d convolution, PRelu rectifier) implements Layer {
    static Upsampling at(Blueprint place, int features) {
      return new Upsampling(
          new Conv2d(place.within("0"), features, 4 * features, 3),
          new PRelu(place.within("2"), 1));
    }

    @Override
    public Features forward(Features x) { // (n, nf, h, w) → (n, nf, 2 h, 2 w)
      return rectifier.forward(convolution.forward(x).pixelShuffle(2));
    }
  }

  /** The network that {@code config} describes. */
  public SrResNet(SrResNetConfig config) {
    int nf = config.features();
    conv1 = new Conv2d(root.within("conv1").within("0"), 3, nf, 9);
    rectifier = new PRelu(root.within("conv1").within("1"), 1);
    trunk =
        Sequence.of(
            root.within("trunk"),
            config.blocks(),
            place -> Block.at(place.within("rcb").residual(), config));
    conv2 = normalised(root.within("conv2"), 0, config);
    upsampling =
        Sequence.of(
            root.within("upsampling"),
            config.upsamplings(),
            place -> Upsampling.at(place.within("upsample_block"), nf));
    conv3 = new Conv2d(root.within("conv3"), nf, 3, 9);
  }

  private static NormalisedConv normalised(Blueprint place, int index, SrResNetConfig config) {
    return NormalisedConv.at(
        place.within(Integer.toString(index)),
        place.within(Integer.toString(index + 1)),
        config.features(),
        config.normalised());
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    Features first = rectifier.forward(conv1.forward(x));
    Features y = first.plus(conv2.forward(trunk.forward(first)));
    return conv3.forward(upsampling.forward(y));
  }
}
