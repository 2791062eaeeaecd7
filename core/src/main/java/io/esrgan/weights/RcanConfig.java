package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of RCAN (Zhang et al. 2018).
 *
 * @param features channels between the blocks, 64 in the paper
 * @param groups residual groups, 10 in the paper
 * @param blocks residual channel attention blocks in a group, 20 in the paper
 * @param reduction how many times fewer channels the attention has, 16 in the paper
 * @param scale 2, 3 or 4
 */
public record RcanConfig(int features, int groups, int blocks, int reduction, int scale)
    implements GeneratorConfig {

  /** Checks the measures. */
  public RcanConfig {
    Measures.channels("features", features);
    Measures.blocks("groups", groups);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 3, 4);
    if (reduction < 1 || features % reduction != 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d features are not reduced %d times", features, reduction));
    }
  }

  @Override
  public String network() {
    return "RCAN";
  }

  @Override
  public String measures() {
    return String.format(
        Locale.ROOT, "nf %d, %d groups of %d, reduction %d", features, groups, blocks, reduction);
  }

  @Override
  public Map<String, long[]> shapes() {
    int squeezed = features / reduction;
    ShapeList all = new ShapeList().convolution("conv_first", 3, features, 3);
    for (int group = 0; group < groups; group++) {
      for (int block = 0; block < blocks; block++) {
        String at = String.format(Locale.ROOT, "body.%d.residual_group.%d.rcab.", group, block);
        all.convolution(at + "0", features, features, 3)
            .convolution(at + "2", features, features, 3)
            .convolution(at + "3.attention.1", features, squeezed, 1)
            .convolution(at + "3.attention.3", squeezed, features, 1);
      }
      all.convolution("body." + group + ".conv", features, features, 3);
    }
    return all.convolution("conv_after_body", features, features, 3)
        .shuffles("upsample", features, scale)
        .convolution("conv_last", features, 3, 3)
        .map();
  }
}
