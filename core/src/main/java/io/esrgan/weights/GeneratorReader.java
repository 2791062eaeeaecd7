package io.esrgan.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Recognises a generator in a weight file: names it anew, takes its measures from the shapes of its
 * weights, and holds every weight against them.
 */
final class GeneratorReader {
  private static final Pattern GROWING =
      Pattern.compile("body\\.(\\d{1,4})\\.rdb1\\.conv1\\.weight");
  private static final Pattern DOUBLING = Pattern.compile("conv_up(\\d)\\.weight");
  private static final int[] UNSHUFFLES = {2, 4};

  private final Source source;
  private final WeightFile file;

  GeneratorReader(Source source, WeightFile file) {
    this.source = source;
    this.file = file;
  }

  GeneratorFile read() throws WeightsException {
    Optional<RrdbLayout> layout = RrdbLayout.of(file.weights());
    if (layout.isEmpty()) {
      throw source.fail(file.kind().refusal(file.weights()));
    }
    Map<String, Weight> named = new LinkedHashMap<>();
    layout
        .get()
        .renamed(file.weights())
        .forEach((name, old) -> named.put(name, file.weights().get(old)));
    RrdbConfig config = measure(StateDict.of(named));
    Map<String, Weight> ordered = fit(named, config, layout.get());
    return new GeneratorFile(
        config,
        StateDict.of(ordered, file.weights().metadata()),
        layout.get(),
        file.container(),
        file.wrapper(),
        ordered.get("conv_first.weight").dtype());
  }

  /** Where a weight is missing that a measure stands in, the paper's is put; it will be missed. */
  private RrdbConfig measure(StateDict weights) throws WeightsException {
    int blocks = RrdbLayout.highest(weights, GROWING).orElse(0) + 1;
    int doublings = RrdbLayout.highest(weights, DOUBLING).orElse(0);
    int features = extent(weights, "conv_first.weight", 0, RrdbConfig.PAPER.features());
    int growth = extent(weights, "body.0.rdb1.conv1.weight", 0, RrdbConfig.PAPER.growth());
    int out = extent(weights, "conv_last.weight", 0, RrdbConfig.PAPER.outChannels());
    int in = extent(weights, "conv_first.weight", 1, out);
    boolean plus = weights.names().stream().anyMatch(name -> name.endsWith(".conv1x1.weight"));
    int unshuffle = 1;
    for (int side : UNSHUFFLES) {
      if (in == (long) out * side * side && 1 << doublings >= side) {
        unshuffle = side;
      }
    }
    try {
      return new RrdbConfig(
          in / (unshuffle * unshuffle),
          out,
          features,
          growth,
          blocks,
          (1 << doublings) / unshuffle,
          unshuffle,
          plus);
    } catch (IllegalArgumentException e) {
      throw source.fail(
          "holds an RRDB generator whose shapes make no sense: %s".formatted(e.getMessage()));
    }
  }

  private static int extent(StateDict weights, String name, int axis, int otherwise) {
    return weights
        .find(name)
        .filter(weight -> weight.rank() > axis)
        .map(weight -> (int) Math.min(weight.extent(axis), Integer.MAX_VALUE))
        .orElse(otherwise);
  }

  /** The weights in the order of the network, if each is there and has its shape. */
  private Map<String, Weight> fit(Map<String, Weight> named, RrdbConfig config, RrdbLayout layout)
      throws WeightsException {
    Map<String, Weight> ordered = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    Map<String, String> unfit = new LinkedHashMap<>();
    RrdbShapes.of(config)
        .forEach(
            (name, shape) -> {
              Weight weight = named.get(name);
              if (weight == null) {
                missing.put(name, "");
              } else if (!weight.hasShape(shape) || !weight.dtype().floating()) {
                unfit.put(name, " is %s, not %s".formatted(weight, Weight.text(shape)));
              }
              ordered.put(name, weight);
            });
    Map<String, String> unexpected = new LinkedHashMap<>();
    for (String name : named.keySet()) {
      if (!ordered.containsKey(name)) {
        unexpected.put(name, "");
      }
    }
    if (missing.isEmpty() && unexpected.isEmpty() && unfit.isEmpty()) {
      return ordered;
    }
    List<String> counts = new ArrayList<>();
    count(counts, missing, "missing");
    count(counts, unexpected, "unexpected");
    count(counts, unfit, "of the wrong shape");
    throw new WeightsException(
        ("%s: holds an RRDB generator in the %s layout, but its weights do not fit together (%s);"
                + " it is damaged or of a variant that is not read")
            .formatted(source.name(), layout.title(), String.join(", ", counts)),
        KeyTree.of("missing", missing)
            + KeyTree.of("unexpected", unexpected)
            + KeyTree.of("wrong shape", unfit));
  }

  private static void count(List<String> counts, Map<String, String> names, String what) {
    if (!names.isEmpty()) {
      counts.add(names.size() + " " + what);
    }
  }
}
