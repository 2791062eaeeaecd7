package io.esrgan.train;

import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a recipe spells networks and their measures. */
final class NetworkKeys {
  private static final int MOST_CHANNELS = 4096; // as the configurations have it
  private static final int MOST_BLOCKS = 1000; // likewise

  /** What {@code network.type} may be. */
  private enum Type {
    RRDB,
    SRCNN,
    SRRESNET,
    MSRRESNET,
    EDSR,
    RCAN,
    ENHANCENET,
    SRVGGNET_COMPACT
  }

  /** What {@code network.block} may be, the basic block of an RRDBNet. */
  private enum Block {
    RRDB,
    RESIDUAL
  }

  private final RecipeValues values;

  NetworkKeys(RecipeValues values) {
    this.values = values;
  }

  /** The network that the values ask for. */
  GeneratorConfig read(int scale) throws RecipeException {
    Type type = values.choice("network.type", Type.class);
    try {
      return config(type, scale);
    } catch (RecipeRule e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw values.wrong("network.type", "network: " + e.getMessage());
    }
  }

  private GeneratorConfig config(Type type, int scale) throws RecipeException {
    return switch (type) {
      case RRDB ->
          values.choice("network.block", Block.class, Block.RRDB) == Block.RRDB
              ? rrdb(scale)
              : residual(scale);
      case SRCNN -> new SrcnnConfig(channels(), values.count("network.middle-kernel"), scale);
      case SRRESNET ->
          new SrResNetConfig(
              features(), blocks("blocks"), scale, values.flag("network.batch-norm", true));
      case MSRRESNET ->
          new MsrResNetConfig(
              features(),
              blocks("blocks"),
              scale,
              values.choice(
                  "network.form", MsrResNetConfig.Form.class, MsrResNetConfig.Form.PICTURE_SKIP));
      case EDSR ->
          new EdsrConfig(
              features(), blocks("blocks"), scale, values.number("network.residual-scale", 1));
      case RCAN ->
          new RcanConfig(
              features(),
              blocks("groups"),
              blocks("blocks"),
              values.count("network.reduction", 16),
              scale);
      case ENHANCENET -> new EnhanceNetConfig(features(), blocks("blocks"));
      case SRVGGNET_COMPACT -> new CompactConfig(features(), blocks("convolutions"), scale);
    };
  }

  /** Scales 1 and 2 fold pixels into channels, as Real-ESRGAN does. */
  private RrdbConfig rrdb(int scale) throws RecipeException {
    int features = features();
    int growth = ranged("network.growth", MOST_CHANNELS);
    int blocks = blocks("blocks");
    int channels = channels();
    int unshuffle = scale < 4 ? 4 / scale : 1;
    return new RrdbConfig(channels, channels, features, growth, blocks, scale, unshuffle, false);
  }

  /** The ablation's: plain residual blocks in the place of RRDBs. */
  private ResidualConfig residual(int scale) throws RecipeException {
    return new ResidualConfig(
        channels(),
        features(),
        blocks("blocks"),
        scale,
        values.flag("network.batch-norm", false),
        values.number("network.residual-scale", 1));
  }

  private int channels() throws RecipeException {
    int channels = values.count("network.channels", 3);
    RecipeRule.check(
        channels == 1 || channels == 3, "network.channels", channels, "3 (RGB) or 1 (gray)");
    return channels;
  }

  private int features() throws RecipeException {
    return ranged("network.features", MOST_CHANNELS);
  }

  private int blocks(String name) throws RecipeException {
    return ranged("network." + name, MOST_BLOCKS);
  }

  private int ranged(String key, int most) throws RecipeException {
    int value = values.count(key);
    RecipeRule.check(value >= 1 && value <= most, key, value, "from 1 to " + most);
    return value;
  }

  /** The values that {@link #read} makes the same network of. */
  static Map<String, Object> write(GeneratorConfig config) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (config instanceof RrdbConfig rrdb) {
      tree.put("type", Words.of(Type.RRDB));
      tree.put("features", rrdb.features());
      tree.put("growth", rrdb.growth());
      tree.put("blocks", rrdb.blocks());
      tree.put("channels", rrdb.inChannels());
    } else if (config instanceof ResidualConfig residual) {
      tree.put("type", Words.of(Type.RRDB));
      tree.put("block", Words.of(Block.RESIDUAL));
      tree.put("features", residual.features());
      tree.put("blocks", residual.blocks());
      tree.put("channels", residual.channels());
      tree.put("batch-norm", residual.normalised());
      tree.put("residual-scale", residual.residualScale());
    } else if (config instanceof SrcnnConfig srcnn) {
      tree.put("type", Words.of(Type.SRCNN));
      tree.put("middle-kernel", srcnn.middle());
      tree.put("channels", srcnn.channels());
    } else if (config instanceof SrResNetConfig srresnet) {
      tree.put("type", Words.of(Type.SRRESNET));
      tree.put("features", srresnet.features());
      tree.put("blocks", srresnet.blocks());
      tree.put("batch-norm", srresnet.normalised());
    } else if (config instanceof MsrResNetConfig msrresnet) {
      tree.put("type", Words.of(Type.MSRRESNET));
      tree.put("features", msrresnet.features());
      tree.put("blocks", msrresnet.blocks());
      tree.put("form", Words.of(msrresnet.form()));
    } else if (config instanceof EdsrConfig edsr) {
      tree.put("type", Words.of(Type.EDSR));
      tree.put("features", edsr.features());
      tree.put("blocks", edsr.blocks());
      tree.put("residual-scale", edsr.residualScale());
    } else if (config instanceof RcanConfig rcan) {
      tree.put("type", Words.of(Type.RCAN));
      tree.put("features", rcan.features());
      tree.put("groups", rcan.groups());
      tree.put("blocks", rcan.blocks());
      tree.put("reduction", rcan.reduction());
    } else if (config instanceof EnhanceNetConfig enhanceNet) {
      tree.put("type", Words.of(Type.ENHANCENET));
      tree.put("features", enhanceNet.features());
      tree.put("blocks", enhanceNet.blocks());
    } else if (config instanceof CompactConfig compact) {
      tree.put("type", Words.of(Type.SRVGGNET_COMPACT));
      tree.put("features", compact.features());
      tree.put("convolutions", compact.convolutions());
    }
    return tree;
  }
}
