package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * ESRGAN's generator around its basic blocks, whatever those are: a first convolution, the blocks
 * with one long skip, doublings by repeating pixels, two last convolutions.
 *
 * <p>Wang et al. 2018, section 3.1 and figure 3. Keys are those of BasicSR.
 */
final class BasicFrame implements Layer {
  private final Conv2d convFirst;
  private final List<Layer> body = new ArrayList<>();
  private final NormalisedConv convBody;
  private final List<Conv2d> convUp = new ArrayList<>();
  private final Conv2d convHr;
  private final Conv2d convLast;

  /**
   * What of a frame is to be chosen.
   *
   * @param in channels that go in
   * @param features channels between the blocks
   * @param out channels that come out
   * @param blocks how many there are
   * @param doublings how many times width and height double
   * @param batchNorm whether the convolution behind the blocks is normalised
   */
  record Measures(int in, int features, int out, int blocks, int doublings, boolean batchNorm) {}

  /** A frame declared at {@code root}, around blocks that {@code block} makes at their places. */
  BasicFrame(Blueprint root, Measures measures, Function<Blueprint, Layer> block) {
    int nf = measures.features();
    convFirst = new Conv2d(root.within("conv_first"), measures.in(), nf, 3);
    for (int i = 0; i < measures.blocks(); i++) {
      body.add(block.apply(root.within("body").within(Integer.toString(i)).residual()));
    }
    convBody =
        NormalisedConv.at(
            root.within("conv_body"), root.within("bn_body"), nf, measures.batchNorm());
    for (int i = 1; i <= measures.doublings(); i++) {
      convUp.add(new Conv2d(root.within("conv_up" + i), nf, nf, 3));
    }
    convHr = new Conv2d(root.within("conv_hr"), nf, nf, 3);
    convLast = new Conv2d(root.within("conv_last"), nf, measures.out(), 3);
  }

  @Override
  public Features forward(Features x) { // (n, in, h, w) → (n, out, 2^doublings h, 2^doublings w)
    Features first = convFirst.forward(x);
    Features trunk = first;
    for (Layer block : body) {
      trunk = block.forward(trunk);
    }
    Features y = first.plus(convBody.forward(trunk));
    for (Conv2d up : convUp) {
      y = up.forward(y.upsampleNearest(2)).leakyRelu(RrdbNet.SLOPE);
    }
    return convLast.forward(convHr.forward(y).leakyRelu(RrdbNet.SLOPE));
  }
}
