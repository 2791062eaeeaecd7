package io.esrgan.model;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Interpolation;
import io.esrgan.weights.SrcnnConfig;

/**
 * SRCNN: three convolutions with two rectifiers on the picture enlarged bicubically: what the paper
 * calls patch extraction, non-linear mapping and reconstruction.
 *
 * <p>Dong et al. 2014 (9-1-5) and 2016 (9-5-5), section 3.1. The authors' networks see luma alone
 * (BT.601, 16 to 235 of 255), and chroma stays as it was enlarged; others see RGB. Input and output
 * are RGB in [0, 1]. Keys are those of its PyTorch transcriptions.
 */
public final class Srcnn extends Generator {
  private static final double[][] LUMA = {{65.481 / 255, 128.553 / 255, 24.966 / 255}};
  private static final double BLACK = 16.0 / 255;
  private static final double CONTRAST = 255.0 / 219; // of colours, for a step of luma
  private static final double[][] GRAY = {{CONTRAST}, {CONTRAST}, {CONTRAST}};

  private final SrcnnConfig config;
  private final Conv2d conv1;
  private final Conv2d conv2;
  private final Conv2d conv3;

  /** The network that {@code config} describes. */
  public Srcnn(SrcnnConfig config) {
    this.config = config;
    int channels = config.channels();
    conv1 = new Conv2d(root.within("conv1"), channels, SrcnnConfig.FIRST, 9);
    conv2 =
        new Conv2d(root.within("conv2"), SrcnnConfig.FIRST, SrcnnConfig.SECOND, config.middle());
    conv3 = new Conv2d(root.within("conv3"), SrcnnConfig.SECOND, channels, 5);
  }

  @Override
  public Features forward(Features x) { // (n, 3, h, w) → (n, 3, scale h, scale w)
    Features enlarged = x.upsample(Interpolation.BICUBIC, config.scale());
    if (config.channels() == 3) {
      return mapped(enlarged);
    }
    Features luma = enlarged.mix(LUMA).affine(1, BLACK);
    // With chroma kept, every colour rises with luma alike.
    return enlarged.plus(mapped(luma).plus(luma, -1).mix(GRAY));
  }

  private Features mapped(Features x) { // (n, c, h, w) → (n, c, h, w)
    return conv3.forward(conv2.forward(conv1.forward(x).relu()).relu());
  }
}
