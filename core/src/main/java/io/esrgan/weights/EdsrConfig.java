package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of EDSR (Lim et al. 2017).
 *
 * @param features channels between the blocks: 64 in the baseline, 256 in the large one
 * @param blocks residual blocks: 16 and 32
 * @param scale 2, 3 or 4
 * @param residualScale what the residuals are multiplied by: 1 and 0.1; the weights do not tell
 */
public record EdsrConfig(int features, int blocks, int scale, double residualScale)
    implements GeneratorConfig {
  private static final int LARGE = 256;

  /** Checks the measures. */
  public EdsrConfig {
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 3, 4);
    Measures.residualScale(residualScale);
  }

  /** The residual scaling of the published network with so many features. */
  public static double usualResidualScale(int features) {
    return features >= LARGE ? 0.1 : 1;
  }

  @Override
  public String network() {
    return "EDSR";
  }

  @Override
  public String measures() {
    return String.format(
        Locale.ROOT, "nf %d, nb %d, residuals times %s", features, blocks, residualScale);
  }

  @Override
  public Map<String, long[]> shapes() {
    return new ShapeList()
        .convolution("conv_first", 3, features, 3)
        .residualBlocks("body", blocks, features)
        .convolution("conv_after_body", features, features, 3)
        .shuffles("upsample", features, scale)
        .convolution("conv_last", features, 3, 3)
        .map();
  }
}
