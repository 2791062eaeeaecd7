package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of EnhanceNet (Sajjadi et al. 2017), which enlarges four times.
 *
 * @param features channels between the blocks, 64 in the paper
 * @param blocks residual blocks, 10 in the paper
 */
public record EnhanceNetConfig(int features, int blocks) implements GeneratorConfig {

  /** Checks the measures. */
  public EnhanceNetConfig {
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
  }

  @Override
  public int scale() {
    return 4;
  }

  @Override
  public String network() {
    return "EnhanceNet";
  }

  @Override
  public String measures() {
    return String.format(Locale.ROOT, "nf %d, nb %d", features, blocks);
  }

  @Override
  public Map<String, long[]> shapes() {
    return new ShapeList()
        .convolution("conv_first", 3, features, 3)
        .residualBlocks("body", blocks, features)
        .convolution("conv_up1", features, features, 3)
        .convolution("conv_up2", features, features, 3)
        .convolution("conv_hr", features, features, 3)
        .convolution("conv_last", features, 3, 3)
        .map();
  }
}
