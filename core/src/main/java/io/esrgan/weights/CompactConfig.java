package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of SRVGGNetCompact, Real-ESRGAN's small network: convolutions in a row, the last
 * one's channels become pixels, and the picture, its pixels repeated, is added.
 *
 * @param features channels between the convolutions, 64 as a rule
 * @param convolutions between the first and the last: 16 or 32 as a rule
 * @param scale 1 to 4
 */
public record CompactConfig(int features, int convolutions, int scale) implements GeneratorConfig {

  /** Checks the measures. */
  public CompactConfig {
    Measures.channels("features", features);
    Measures.blocks("convolutions", convolutions);
    Measures.scale(scale, 1, 2, 3, 4);
  }

  @Override
  public String network() {
    return "SRVGGNetCompact";
  }

  @Override
  public String measures() {
    return String.format(Locale.ROOT, "nf %d, %d convolutions", features, convolutions);
  }

  @Override
  public Map<String, long[]> shapes() {
    ShapeList all = new ShapeList();
    all.convolution("body.0", 3, features, 3).vector("body.1.weight", features);
    for (int i = 1; i <= convolutions; i++) {
      all.convolution("body." + 2 * i, features, features, 3)
          .vector("body." + (2 * i + 1) + ".weight", features);
    }
    return all.convolution("body." + 2 * (convolutions + 1), features, 3 * scale * scale, 3).map();
  }
}
