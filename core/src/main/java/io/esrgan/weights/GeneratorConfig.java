package io.esrgan.weights;

import java.util.Map;

/**
 * The measures of a generator, as its weights tell them: which network it is, and how large.
 *
 * <p>What the weights do not tell (a residual scaling, the scale of a network that enlarges its
 * input first) is taken from the file's metadata, else from the published variants.
 */
public sealed interface GeneratorConfig
    permits RrdbConfig,
        ResidualConfig,
        SrcnnConfig,
        SrResNetConfig,
        MsrResNetConfig,
        EdsrConfig,
        RcanConfig,
        EnhanceNetConfig,
        CompactConfig {

  /** Channels of the picture that goes in: 3 for RGB, 1 for gray. */
  default int inChannels() {
    return 3;
  }

  /** Channels of the picture that comes out. */
  default int outChannels() {
    return 3;
  }

  /** How many times wider and higher the picture becomes. */
  int scale();

  /** The network's name, as its paper has it. */
  String network();

  /** Its measures in words, such as {@code nf 64, gc 32, nb 23}. */
  String measures();

  /** The names and shapes of all weights, in the order of the network. */
  Map<String, long[]> shapes();

  /** What its weights do not tell, as metadata to be kept with them. */
  default Map<String, String> untold() {
    return FamilyMeasures.untold(this);
  }
}
