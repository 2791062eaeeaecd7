package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of SRResNet, SRGAN's generator (Ledig et al. 2017, figure 4).
 *
 * @param features channels between the blocks, 64 in the paper
 * @param blocks residual blocks, 16 in the paper
 * @param scale 2 or 4
 * @param normalised whether there is batch normalisation, as in the paper
 */
public record SrResNetConfig(int features, int blocks, int scale, boolean normalised)
    implements GeneratorConfig {

  /** Checks the measures. */
  public SrResNetConfig {
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 4);
  }

  /** How many times it doubles width and height. */
  public int upsamplings() {
    return Integer.numberOfTrailingZeros(scale);
  }

  @Override
  public String network() {
    return "SRResNet";
  }

  @Override
  public String measures() {
    return String.format(
        Locale.ROOT,
        "nf %d, nb %d%s",
        features,
        blocks,
        normalised ? "" : ", without batch normalisation");
  }

  @Override
  public Map<String, long[]> shapes() {
    ShapeList all = new ShapeList();
    all.convolution("conv1.0", 3, features, 9).vector("conv1.1.weight", 1);
    for (int block = 0; block < blocks; block++) {
      String at = "trunk." + block + ".rcb.";
      normalisable(all, at, 0);
      all.vector(at + "2.weight", 1);
      normalisable(all, at, 3);
    }
    normalisable(all, "conv2.", 0);
    for (int i = 0; i < upsamplings(); i++) {
      String at = "upsampling." + i + ".upsample_block.";
      all.convolution(at + "0", features, 4 * features, 3).vector(at + "2.weight", 1);
    }
    return all.convolution("conv3", features, 3, 9).map();
  }

  private void normalisable(ShapeList all, String at, int index) {
    if (normalised) {
      all.plain(at + index, features, features, 3).normalisation(at + (index + 1), features);
    } else {
      all.convolution(at + index, features, features, 3);
    }
  }
}
