package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;

/**
 * The measures of SRCNN (Dong et al. 2016): three convolutions over a picture that bicubic has
 * enlarged.
 *
 * @param channels 1 if it works on the luma of the picture (the paper's way), 3 on RGB
 * @param middle side of the second convolution: 1 (9-1-5) or 5 (9-5-5)
 * @param scale how many times bicubic enlarges the picture first; the weights do not tell
 */
public record SrcnnConfig(int channels, int middle, int scale) implements GeneratorConfig {
  /** Channels behind the first convolution (n1 in the paper). */
  public static final int FIRST = 64;

  /** Channels behind the second convolution (n2 in the paper). */
  public static final int SECOND = 32;

  /** Checks the measures. */
  public SrcnnConfig {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(channels + " channels are neither 1 nor 3");
    }
    if (middle != 1 && middle != 3 && middle != 5) {
      throw new IllegalArgumentException(middle + " is no side of SRCNN's second convolution");
    }
    Measures.scale(scale, 2, 3, 4);
  }

  @Override
  public String network() {
    return "SRCNN";
  }

  @Override
  public String measures() {
    return String.format(Locale.ROOT, "9-%d-5, %s", middle, channels == 1 ? "on luma" : "on RGB");
  }

  @Override
  public Map<String, long[]> shapes() {
    return new ShapeList()
        .convolution("conv1", channels, FIRST, 9)
        .convolution("conv2", FIRST, SECOND, middle)
        .convolution("conv3", SECOND, channels, 5)
        .map();
  }
}
