package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.ChannelAttention;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import io.esrgan.weights.RcanConfig;

/**
 * RCAN: groups of residual blocks with channel attention, a skip around every group and one around
 * all.
 *
 * <p>Zhang et al. 2018, section 3 and figures 2 to 4, and the authors' code. Mean and range are
 * those of {@link Edsr}; so is the way up. Input and output are in [0, 1]. Keys are those of
 * BasicSR.
 */
public final class Rcan extends Generator {
  private final Conv2d convFirst;
  private final Layer body;
  private final Conv2d convAfterBody;
  private final Layer upsample;
  private final Conv2d convLast;

  /** Residual channel attention block. */
  private record Block(Conv2d first, Conv2d second, Layer attention) implements Layer {
    static Block at(Blueprint place, int features, int reduction) {
      Blueprint attention = place.within("3").within("attention");
      int squeezed = features / reduction;
      return new Block(
          new Conv2d(place.within("0"), features, features, 3),
          new Conv2d(place.within("2"), features, features, 3),
          new ChannelAttention(
              new Conv2d(attention.within("1"), features, squeezed, 1),
              new Conv2d(attention.within("3"), squeezed, features, 1)));
    }

    @Override
    public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
      return x.plus(attention.forward(second.forward(first.forward(x).relu())));
    }
  }

  private record Group(Layer blocks, Conv2d convolution) implements Layer {
    static Group at(Blueprint place, RcanConfig config) {
      int nf = config.features();
      return new Group(
          Sequence.of(
              place.within("residual_group"),
              config.blocks(),
              block -> Block.at(block.within("rcab"), nf, config.reduction())),
          new Conv2d(place.within("conv"), nf, nf, 3));
    }

    @Override
    public Features forward(Features x) { // (n, nf, h, w) → (n, nf, h, w)
      return x.plus(convolution.forward(blocks.forward(x)));
    }
  }

  /** The network that {@code config} describes. */
  public Rcan(RcanConfig config) {
    int nf = config.features();
    convFirst = new Conv2d(root.within("conv_first"), 3, nf, 3);
    body =
        Sequence.of(
            root.within("body"), config.groups(), place -> Group.at(place.residual(), config));
    convAfterBody = new Conv2d(root.within("conv_after_body"), nf, nf, 3);
    upsample = new PixelUpsampling(root.within("upsample"), nf, config.scale());
    convLast = new Conv2d(root.within("conv_last"), nf, 3, 3);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    Features first = convFirst.forward(Edsr.meanTaken(x));
    Features y = first.plus(convAfterBody.forward(body.forward(first)));
    return Edsr.meanGiven(convLast.forward(upsample.forward(y)));
  }
}
