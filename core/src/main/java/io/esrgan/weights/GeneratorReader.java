package io.esrgan.weights;

import java.util.LinkedHashMap;
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
    Optional<RrdbLayout> rrdb = RrdbLayout.of(file.weights());
    if (rrdb.isPresent()) {
      Map<String, Weight> named = new LinkedHashMap<>();
      rrdb.get()
          .renamed(file.weights())
          .forEach((name, old) -> named.put(name, file.weights().get(old)));
      return fitted("an RRDB generator", named, measure(StateDict.of(named)), rrdb.get());
    }
    Optional<FamilyLayout> family = FamilyLayout.of(file.kind(), file.weights());
    if (family.isEmpty()) {
      throw source.fail(file.kind().refusal(file.weights()));
    }
    Map<String, Weight> named = family.get().renamed(file.weights());
    return fitted(file.kind().title(), named, measure(named, family.get()), family.get());
  }

  private GeneratorFile fitted(
      String what, Map<String, Weight> named, GeneratorConfig config, GeneratorLayout layout)
      throws WeightsException {
    Map<String, Weight> ordered =
        Fitting.fit(
            source, "%s in the %s layout".formatted(what, layout.title()), named, config.shapes());
    Map<String, String> metadata = new LinkedHashMap<>(file.weights().metadata());
    metadata.putAll(config.untold());
    return new GeneratorFile(
        config,
        StateDict.of(ordered, metadata),
        layout,
        file.container(),
        file.wrapper(),
        ordered.values().iterator().next().dtype());
  }

  private GeneratorConfig measure(Map<String, Weight> named, FamilyLayout layout)
      throws WeightsException {
    try {
      StateDict weights = StateDict.of(named, file.weights().metadata());
      return new FamilyMeasures(weights, source.name()).of(layout);
    } catch (IllegalArgumentException e) {
      throw source.fail(
          "holds %s whose shapes make no sense: %s".formatted(file.kind().title(), e.getMessage()));
    }
  }

  /** Where a weight is missing that a measure stands in, the paper's is put; it will be missed. */
  private RrdbConfig measure(StateDict weights) throws WeightsException {
    int blocks = RrdbLayout.highest(weights, GROWING).orElse(0) + 1;
    int doublings = RrdbLayout.highest(weights, DOUBLING).orElse(0);
    int features = Fitting.extent(weights, "conv_first.weight", 0, RrdbConfig.PAPER.features());
    int growth = Fitting.extent(weights, "body.0.rdb1.conv1.weight", 0, RrdbConfig.PAPER.growth());
    int out = Fitting.extent(weights, "conv_last.weight", 0, RrdbConfig.PAPER.outChannels());
    int in = Fitting.extent(weights, "conv_first.weight", 1, out);
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
}
