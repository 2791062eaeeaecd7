package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of MSRResNet, SRResNet without batch normalisation as the code around ESRGAN has it.
 *
 * @param features channels between the blocks, 64 as a rule
 * @param blocks residual blocks, 16 as a rule
 * @param scale 2, 3 or 4
 * @param form which of its two forms
 */
public record MsrResNetConfig(int features, int blocks, int scale, Form form)
    implements GeneratorConfig {

  /** What later code changed. */
  public enum Form {
    /** The first: a skip over the trunk, which ends in a convolution; plain rectifiers. */
    TRUNK_SKIP,
    /** mmsr and BasicSR: the picture, enlarged bilinearly, is added to the result. */
    PICTURE_SKIP
  }

  /** Checks the measures. */
  public MsrResNetConfig {
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 3, 4);
  }

  @Override
  public String network() {
    return "MSRResNet";
  }

  @Override
  public String measures() {
    return String.format(
        Locale.ROOT,
        "nf %d, nb %d%s",
        features,
        blocks,
        form == Form.TRUNK_SKIP ? ", first form" : "");
  }

  @Override
  public Map<String, long[]> shapes() {
    ShapeList all = new ShapeList().convolution("conv_first", 3, features, 3);
    for (int block = 0; block < blocks; block++) {
      all.convolution("body." + block + ".conv1", features, features, 3);
      all.convolution("body." + block + ".conv2", features, features, 3);
    }
    if (form == Form.TRUNK_SKIP) {
      all.convolution("conv_body", features, features, 3);
    }
    int side = scale == 3 ? 3 : 2;
    all.convolution("upconv1", features, side * side * features, 3);
    if (scale == 4) {
      all.convolution("upconv2", features, 4 * features, 3);
    }
    return all.convolution("conv_hr", features, features, 3)
        .convolution("conv_last", features, 3, 3)
        .map();
  }
}
