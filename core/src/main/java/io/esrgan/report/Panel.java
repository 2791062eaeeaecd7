package io.esrgan.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Curves that belong into one chart.
 *
 * @param unit of the vertical axis
 * @param logarithmic whether differences are seen best on a logarithmic axis
 */
record Panel(String title, String unit, boolean logarithmic, SortedMap<String, Curve> curves) {

  /** What belongs together; the first that fits takes a kind. The group is TensorBoard's. */
  private enum Topic {
    PSNR("Likeness to the original: PSNR", "dB, more is better", false, "validation", "psnr.*"),
    SSIM("Likeness to the original: SSIM", "1 is the same", false, "validation", "ssim.*"),
    NIQE("Naturalness: NIQE", "less is better", false, "validation", "niqe.*"),
    PIXEL("Pixel loss", "unweighted", true, "loss", "l1|l2|mse|charbonnier"),
    PERCEPTUAL("Perceptual loss", "unweighted", true, "loss", "perceptual.*"),
    TEXTURE("Texture loss", "unweighted", true, "loss", "texture"),
    GAME("Adversarial losses", "unweighted", false, "loss", "adversarial.*|discriminator"),
    OPINION(
        "What the discriminator thinks",
        "mean output",
        false,
        "discriminator",
        "(discriminator-|d-)?(real|fake).*"),
    GRADIENT("Gradient norm", "Euclidean", true, "gradient-norm", ".*gradient-norm.*"),
    RATE("Learning rate", "of Adam", false, "rate", "(.*-)?rate(-.*)?");

    private final String title;
    private final String unit;
    private final boolean logarithmic;
    private final String group;

    @SuppressWarnings("ImmutableEnumChecker") // patterns do not change
    private final Pattern kinds;

    Topic(String title, String unit, boolean logarithmic, String group, String kinds) {
      this.title = title;
      this.unit = unit;
      this.logarithmic = logarithmic;
      this.group = group;
      this.kinds = Pattern.compile(kinds);
    }
  }

  /** Distributes what there is to draw; a kind that fits nowhere gets a chart of its own. */
  static List<Panel> of(Map<String, Curve> curves) {
    Map<Topic, SortedMap<String, Curve>> byTopic = new TreeMap<>();
    Map<String, Curve> others = new LinkedHashMap<>();
    curves.forEach(
        (kind, curve) ->
            topics(kind).stream()
                .findFirst()
                .ifPresentOrElse(
                    t -> byTopic.computeIfAbsent(t, x -> new TreeMap<>()).put(kind, curve),
                    () -> others.put(kind, curve)));
    List<Panel> panels = new ArrayList<>();
    byTopic.forEach((t, own) -> panels.add(new Panel(t.title, t.unit, t.logarithmic, own)));
    others.forEach(
        (kind, curve) ->
            panels.add(new Panel(kind, "value", false, new TreeMap<>(Map.of(kind, curve)))));
    return panels.stream().filter(Panel::hasPoints).toList();
  }

  /** A kind's name in TensorBoard, which shows those of a group together. */
  static String tag(String kind) {
    return topics(kind).stream().findFirst().map(t -> t.group + "/").orElse("") + kind;
  }

  private static List<Topic> topics(String kind) {
    return List.of(Topic.values()).stream().filter(t -> t.kinds.matcher(kind).matches()).toList();
  }

  private boolean hasPoints() {
    return curves.values().stream().anyMatch(curve -> !curve.isEmpty());
  }
}
