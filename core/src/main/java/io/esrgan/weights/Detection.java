package io.esrgan.weights;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tells what weights are for from their names and ranks, by a table: the first row whose conditions
 * all hold. Widths do not matter, so a narrow network of the same kind is recognised too.
 */
final class Detection {
  /** Something that the weights of a kind have, or have not. */
  @FunctionalInterface
  private interface Condition {
    boolean holds(StateDict weights);
  }

  private record Row(WeightKind kind, List<Condition> conditions) {}

  private static final List<Row> TABLE =
      List.of(
          row(WeightKind.RRDB, matches(RrdbLayout.anyBlock())),
          row(
              WeightKind.TRAINING_STATE,
              matches("(?:.*\\.)?state\\.\\d+\\.(?:exp_avg|exp_avg_sq|momentum_buffer|step)")),

          // Discriminators
          row(
              WeightKind.UNET_DISCRIMINATOR,
              has("conv0.weight", "conv9.weight"),
              matches("conv1\\.(?:weight_orig|parametrizations\\.weight\\.original)")),
          row(
              WeightKind.VGG_DISCRIMINATOR,
              has("conv0_0.weight", "conv0_1.weight", "linear1.weight", "linear2.weight")),
          row(
              WeightKind.OLD_VGG_DISCRIMINATOR,
              has("features.0.weight", "features.2.weight"),
              has("classifier.0.weight", "classifier.2.weight"),
              lacks("classifier.3.weight")),

          // Networks whose features are compared, as torchvision names them
          row(
              WeightKind.SQUEEZENET,
              has("features.0.weight"),
              matches("features\\.\\d+\\.squeeze(?:1x1)?\\.weight")),
          row(
              WeightKind.VGG19_BN,
              has("features.0.weight", "features.1.weight", "features.49.weight")),
          row(
              WeightKind.VGG19,
              has("features.0.weight", "features.28.weight", "features.34.weight"),
              lacks("features.1.weight")),
          row(
              WeightKind.VGG16,
              has("features.0.weight", "features.24.weight", "features.28.weight"),
              lacks("features.1.weight")),
          row(
              WeightKind.ALEXNET,
              has("features.0.weight", "features.3.weight", "features.10.weight"),
              lacks("features.2.weight")),
          row(WeightKind.LPIPS, has("lin0.model.1.weight", "lin4.model.1.weight")),

          // Generators of other designs
          row(WeightKind.SRVGG, rank("body.0.weight", 4), rank("body.1.weight", 1)),
          row(
              WeightKind.RCAN,
              matches(
                  "body\\.0\\.body\\.0\\.body\\.3\\.conv_du\\.0\\.weight"
                      + "|body\\.0\\.residual_group\\.0\\.rcab\\.0\\.weight")),
          row(WeightKind.EDSR, has("head.0.weight", "body.0.body.0.weight", "tail.1.weight")),
          row(
              WeightKind.EDSR,
              has("conv_first.weight", "body.0.conv1.weight", "conv_after_body.weight")),
          row(
              WeightKind.RESIDUAL,
              has("conv_first.weight", "body.0.conv1.weight", "conv_up1.weight"),
              has("conv_body.weight")),
          row(
              WeightKind.MSRRESNET,
              has("conv_first.weight", "upconv1.weight", "conv_last.weight"),
              matches("(?:body|recon_trunk)\\.0\\.conv1\\.weight")),
          row(
              WeightKind.MSRRESNET,
              has(
                  "conv_first.weight",
                  "upconv1.weight",
                  "conv_body.weight",
                  "body.0.conv1.weight")),
          row(
              WeightKind.ENHANCENET,
              has("conv_first.weight", "conv_up2.weight", "body.0.conv1.weight"),
              lacks("conv_body.weight")),
          row(WeightKind.SRRESNET, has("model.0.weight", "model.1.sub.0.res.0.weight")),
          row(WeightKind.SRRESNET, has("conv1.0.weight", "trunk.0.rcb.0.weight")),
          row(
              WeightKind.HAT,
              matches("layers\\.\\d+\\.residual_group\\.overlap_attn\\.qkv\\.weight")),
          row(
              WeightKind.SWINIR,
              matches("layers\\.\\d+\\.residual_group\\.blocks\\.\\d+\\.attn\\.qkv\\.weight")),
          row(WeightKind.SRCNN, has("features.0.weight", "map.0.weight", "reconstruction.weight")),
          row(
              WeightKind.SRCNN,
              has("conv1.weight", "conv2.weight", "conv3.weight"),
              weights -> weights.size() == 6));

  private Detection() {}

  /** What these weights, whose names are free of prefixes, are for. */
  static WeightKind kind(StateDict weights) {
    return TABLE.stream()
        .filter(row -> row.conditions.stream().allMatch(condition -> condition.holds(weights)))
        .findFirst()
        .map(Row::kind)
        .orElse(WeightKind.UNKNOWN);
  }

  private static Row row(WeightKind kind, Condition... conditions) {
    return new Row(kind, List.of(conditions));
  }

  private static Condition has(String... names) {
    List<String> all = List.of(names);
    return weights -> weights.names().containsAll(all);
  }

  private static Condition lacks(String name) {
    return weights -> !weights.contains(name);
  }

  private static Condition rank(String name, int rank) {
    return weights -> weights.find(name).filter(weight -> weight.rank() == rank).isPresent();
  }

  private static Condition matches(String regex) {
    Predicate<String> whole = Pattern.compile(regex).asMatchPredicate();
    return weights -> weights.names().stream().anyMatch(whole);
  }
}
