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
    /** The same, with pixels repeated before a convolution in place of channels folded after it. */
    TRUNK_SKIP_UPCONV,
    /** mmsr and BasicSR: the picture, enlarged bilinearly, is added to the result. */
    PICTURE_SKIP
  }

  /** Checks the measures. */
  public MsrResNetConfig {
    Measures.channels("features", features);
    Measures.blocks("blocks", blocks);
    Measures.scale(scale, 2, 3, 4);
  }

  /** How many times each way up enlarges: thrice, or twice as often as it takes. */
  public int factor() {
    return scale == 3 ? 3 : 2;
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
        switch (form) {
          case TRUNK_SKIP -> ", first form";
          case TRUNK_SKIP_UPCONV -> ", first form, pixels repeated";
          case PICTURE_SKIP -> "";
        });
  }

  @Override
  public Map<String, long[]> shapes() {
    ShapeList all =
        new ShapeList()
            .convolution("conv_first", 3, features, 3)
            .residualBlocks("body", blocks, features);
    if (form != Form.PICTURE_SKIP) {
      all.convolution("conv_body", features, features, 3);
    }
    int factor = factor();
    int folded = form == Form.TRUNK_SKIP_UPCONV ? 1 : factor * factor;
    for (int up = 1, done = 1; done < scale; up++, done *= factor) {
      all.convolution("upconv" + up, features, folded * features, 3);
    }
    return all.convolution("conv_hr", features, features, 3)
        .convolution("conv_last", features, 3, 3)
        .map();
  }
}
