package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.PRelu;
import io.esrgan.weights.CompactConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * SRVGGNetCompact, Real-ESRGAN's small networks: convolutions and trained rectifiers one behind the
 * other, all at the input's size; channels folded into pixels at the end and added to the input,
 * its pixels repeated.
 *
 * <p>Wang et al. 2021, the authors' code. Input and output are in [0, 1]. Keys are the authors'.
 */
public final class Compact extends Generator {
  private final List<Conv2d> convolutions = new ArrayList<>();
  private final List<PRelu> rectifiers = new ArrayList<>();
  private final Conv2d last;
  private final int scale;

  /** The network that {@code config} describes. */
  public Compact(CompactConfig config) {
    scale = config.scale();
    int nf = config.features();
    Blueprint body = root.within("body");
    for (int i = 0; i <= config.convolutions(); i++) {
      int in = i == 0 ? 3 : nf;
      convolutions.add(new Conv2d(body.within(Integer.toString(2 * i)), in, nf, 3));
      rectifiers.add(new PRelu(body.within(Integer.toString(2 * i + 1)), nf));
    }
    String index = Integer.toString(2 * config.convolutions() + 2);
    last = new Conv2d(body.within(index), nf, 3 * scale * scale, 3);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    Features y = x;
    for (int i = 0; i < convolutions.size(); i++) {
      y = rectifiers.get(i).forward(convolutions.get(i).forward(y));
    }
    return last.forward(y).pixelShuffle(scale).plus(x.upsampleNearest(scale));
  }
}
