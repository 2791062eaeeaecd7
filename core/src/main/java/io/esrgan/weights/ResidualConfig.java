package io.esrgan.weights;

import java.util.Map;

/**
 * The measures of ESRGAN's generator with plain residual blocks in place of RRDBs, as its authors
 * compare it (Wang et al. 2018, section 4.4 and figure 8).
 *
 * @param channels of the pictures that go in and come out: 3 for RGB, 1 for gray
 * @param features channels between the blocks, 64 in the paper
 * @param blocks residual blocks, 16 in the paper
 * @param scale 2, 4 or 8
 * @param normalised whether there is batch normalisation, placed as in SRGAN's generator
 * @param residualScale what a block's result is multiplied with before its input is added
 */
public record ResidualConfig(
    int channels, int features, int blocks, int scale, boolean normalised, double residualScale)
    implements GeneratorConfig {

  /** Checks the measures. */
  public ResidualConfig {
    Measures.channels("channels", channels);
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 4, 8);
    Measures.residualScale(residualScale);
  }

  @Override
  public int inChannels() {
    return channels;
  }

  @Override
  public int outChannels() {
    return channels;
  }

  @Override
  public String network() {
    return "RRDBNet with residual blocks";
  }

  @Override
  public String measures() {
    return "nf %d, nb %d%s%s"
        .formatted(
            features,
            blocks,
            normalised ? ", batch normalisation" : "",
            residualScale == 1 ? "" : ", residuals times " + residualScale);
  }

  @Override
  public Map<String, long[]> shapes() {
    ShapeList all = new ShapeList().convolution("conv_first", channels, features, 3);
    for (int block = 0; block < blocks; block++) {
      for (int i = 1; i <= 2; i++) {
        normalisable(all, "body.%d.conv%d".formatted(block, i), "body.%d.bn%d".formatted(block, i));
      }
    }
    normalisable(all, "conv_body", "bn_body");
    for (int up = 1; up <= upsamplings(); up++) {
      all.convolution("conv_up" + up, features, features, 3);
    }
    return all.convolution("conv_hr", features, features, 3)
        .convolution("conv_last", features, channels, 3)
        .map();
  }

  private void normalisable(ShapeList all, String convolution, String normalisation) {
    if (normalised) {
      all.plain(convolution, features, features, 3).normalisation(normalisation, features);
    } else {
      all.convolution(convolution, features, features, 3);
    }
  }

  /** How many times the trunk doubles its width and height. */
  public int upsamplings() {
    return Integer.numberOfTrailingZeros(scale);
  }
}
