package io.esrgan.weights;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the measures of generators other than ESRGAN's from their weights, named as this project
 * names them. Where a weight is missing that a measure stands in, something usual is put; it will
 * be missed when all are held against the measures.
 */
final class FamilyMeasures {
  /** What tells the scale of a network that enlarges its input first, in metadata. */
  static final String SCALE = "scale";

  /** What tells the residual scaling of plain blocks, in metadata. */
  static final String RESIDUAL_SCALE = "residual_scale";

  private static final Pattern BODY = Pattern.compile("body\\.(\\d{1,4})\\..*");
  private static final Pattern BLOCK_OF_GROUP =
      Pattern.compile("body\\.0\\.residual_group\\.(\\d{1,4})\\..*");
  private static final Pattern DOUBLING = Pattern.compile("conv_up(\\d)\\.weight");
  private static final Pattern TRUNK = Pattern.compile("trunk\\.(\\d{1,4})\\..*");
  private static final Pattern UPSAMPLING = Pattern.compile("upsampling\\.(\\d)\\..*");
  private static final Pattern SCALE_IN_NAME = Pattern.compile("(?i).*x([234])(?!\\d).*");
  private static final int USUAL_SCALE = 4;
  private static final int USUAL_FEATURES = 64;

  private final StateDict weights;
  private final String file;

  /**
   * Of a file.
   *
   * @param file its name, in which people write the scale
   */
  FamilyMeasures(StateDict weights, String file) {
    this.weights = weights;
    this.file = file;
  }

  /**
   * The measures.
   *
   * @throws IllegalArgumentException if they make no sense
   */
  GeneratorConfig of(FamilyLayout layout) {
    return switch (layout) {
      case SRCNN, SRCNN_PARTS ->
          new SrcnnConfig(extent("conv1.weight", 1, 1), extent("conv2.weight", 2, 1), toldScale());
      case SRRESNET ->
          new SrResNetConfig(
              extent("conv1.0.weight", 0, USUAL_FEATURES),
              count(TRUNK),
              1 << count(UPSAMPLING),
              weights.contains("trunk.0.rcb.1.weight") && weights.contains("conv2.1.weight"));
      case MSRRESNET_ROW, MSRRESNET, MSRRESNET_MIDDLE -> msrResNet();
      case RESIDUAL -> residual();
      case EDSR, EDSR_AUTHORS ->
          new EdsrConfig(
              features(),
              count(BODY),
              shuffledScale(),
              residualScale(EdsrConfig.usualResidualScale(features())));
      case RCAN, RCAN_AUTHORS ->
          new RcanConfig(
              features(),
              count(BODY),
              count(BLOCK_OF_GROUP),
              features()
                  / Math.max(
                      1,
                      extent("body.0.residual_group.0.rcab.3.attention.1.weight", 0, features())),
              shuffledScale());
      case COMPACT -> compact();
      case ENHANCENET -> new EnhanceNetConfig(features(), count(BODY));
    };
  }

  private GeneratorConfig residual() {
    return new ResidualConfig(
        extent("conv_first.weight", 1, 3),
        features(),
        count(BODY),
        1 << RrdbLayout.highest(weights, DOUBLING).orElse(1),
        weights.contains("body.0.bn1.weight"),
        residualScale(1));
  }

  private GeneratorConfig msrResNet() {
    int features = features();
    int side = side(extent("upconv1.weight", 0, 4 * features), features);
    boolean twice = weights.contains("upconv2.weight");
    if (!weights.contains("conv_body.weight")) {
      return new MsrResNetConfig(
          features, count(BODY), twice ? side * side : side, MsrResNetConfig.Form.PICTURE_SKIP);
    }
    if (side > 1) {
      return new MsrResNetConfig(
          features, count(BODY), twice ? side * side : side, MsrResNetConfig.Form.TRUNK_SKIP);
    }
    int once = toldScale() == 3 ? 3 : 2; // the weights of both look alike
    return new MsrResNetConfig(
        features, count(BODY), twice ? 4 : once, MsrResNetConfig.Form.TRUNK_SKIP_UPCONV);
  }

  private GeneratorConfig compact() {
    int last = count(BODY) - 1; // an even number: the first is 0, and each but the last has two
    int out = extent("body." + last + ".weight", 0, 3 * USUAL_SCALE * USUAL_SCALE);
    return new CompactConfig(
        extent("body.0.weight", 0, USUAL_FEATURES), last / 2 - 1, side(out, 3));
  }

  private int features() {
    return extent("conv_first.weight", 0, USUAL_FEATURES);
  }

  private int shuffledScale() {
    int side = side(extent("upsample.0.weight", 0, 4 * features()), features());
    return weights.contains("upsample.2.weight") ? side * side : side;
  }

  private static int side(int channels, int folded) {
    return (int) Math.round(Math.sqrt((double) channels / Math.max(1, folded)));
  }

  private int toldScale() {
    String told = weights.metadata().get(SCALE);
    Matcher named = SCALE_IN_NAME.matcher(file);
    return told != null
        ? Integer.parseInt(told)
        : named.matches() ? Integer.parseInt(named.group(1)) : USUAL_SCALE;
  }

  private double residualScale(double otherwise) {
    String told = weights.metadata().get(RESIDUAL_SCALE);
    return told != null ? Double.parseDouble(told) : otherwise;
  }

  private int extent(String name, int axis, int otherwise) {
    return Fitting.extent(weights, name, axis, otherwise);
  }

  private int count(Pattern pattern) {
    return RrdbLayout.highest(weights, pattern).orElse(-1) + 1;
  }

  /** What the weights of a generator do not tell, to be kept with them. */
  static Map<String, String> untold(GeneratorConfig config) {
    if (config instanceof SrcnnConfig srcnn) {
      return Map.of(SCALE, Integer.toString(srcnn.scale()));
    }
    if (config instanceof EdsrConfig edsr) {
      return Map.of(RESIDUAL_SCALE, Double.toString(edsr.residualScale()));
    }
    if (config instanceof MsrResNetConfig msrResNet
        && msrResNet.form() == MsrResNetConfig.Form.TRUNK_SKIP_UPCONV) {
      return Map.of(SCALE, Integer.toString(msrResNet.scale()));
    }
    if (config instanceof ResidualConfig residual) {
      return Map.of(RESIDUAL_SCALE, Double.toString(residual.residualScale()));
    }
    return Map.of();
  }
}
