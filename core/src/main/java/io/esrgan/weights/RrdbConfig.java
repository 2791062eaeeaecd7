package io.esrgan.weights;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The measures of a generator made of residual in residual dense blocks (Wang et al. 2018, section
 * 3.1), as its weights tell them.
 *
 * @param inChannels channels of the picture that goes in: 3 for RGB, 1 for gray
 * @param outChannels channels of the picture that comes out
 * @param features channels between the blocks ("nf"), 64 in the paper
 * @param growth channels that each convolution of a dense block adds ("gc"), 32 in the paper
 * @param blocks residual in residual dense blocks ("nb"), 23 in the paper
 * @param scale how many times wider and higher the picture becomes: 1, 2, 4, 8 or 16
 * @param unshuffle side of the pixel squares that are folded into channels at the entrance: 1 (none
 *     are), 2 or 4
 * @param plus whether each dense block has the 1x1 convolution of ESRGAN+
 */
public record RrdbConfig(
    int inChannels,
    int outChannels,
    int features,
    int growth,
    int blocks,
    int scale,
    int unshuffle,
    boolean plus)
    implements GeneratorConfig {
  private static final Set<Integer> SCALES = Set.of(1, 2, 4, 8, 16);
  private static final Set<Integer> UNSHUFFLES = Set.of(1, 2, 4);

  /** The generator of the paper: RGB, four times larger, 23 blocks of 64 and 32 channels. */
  public static final RrdbConfig PAPER = new RrdbConfig(3, 3, 64, 32, 23, 4, 1, false);

  public RrdbConfig {
    Measures.channels("input channels", inChannels);
    Measures.channels("output channels", outChannels);
    Measures.channels("features", features);
    Measures.channels("growth channels", growth);
    Measures.blocks("blocks", blocks);
    if (!SCALES.contains(scale)) {
      throw new IllegalArgumentException("a scale of " + scale + " is not 1, 2, 4, 8 or 16");
    }
    if (!UNSHUFFLES.contains(unshuffle)) {
      throw new IllegalArgumentException(
          "an unshuffle factor of " + unshuffle + " is not 1, 2 or 4");
    }
  }

  @Override
  public String network() {
    return plus ? "RRDBNet of ESRGAN+" : "RRDBNet";
  }

  @Override
  public String measures() {
    return String.format(
        Locale.ROOT,
        "nf %d, gc %d, nb %d%s%s",
        features,
        growth,
        blocks,
        unshuffle > 1 ? ", pixels folded by " + unshuffle : "",
        plus ? ", ESRGAN+" : "");
  }

  @Override
  public Map<String, long[]> shapes() {
    return RrdbShapes.of(this);
  }

  /** Channels that the first convolution takes in: those of the picture, after unshuffling. */
  public int firstChannels() {
    return inChannels * unshuffle * unshuffle;
  }

  /** How many times the trunk doubles its width and height. */
  public int upsamplings() {
    return Integer.numberOfTrailingZeros(scale * unshuffle);
  }
}
