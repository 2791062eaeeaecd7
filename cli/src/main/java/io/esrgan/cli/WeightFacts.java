package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.WeightFile;
import java.util.Map;
import java.util.stream.Collectors;

/** What there is to say about weights. Computed from their names and shapes, without the engine. */
final class WeightFacts {
  private static final int LONGEST = 100; // letters of a line of metadata
  private static final int NAMED = 4;

  private WeightFacts() {}

  /** Of any weight file. */
  static void of(WeightFile file, Facts facts) {
    facts.add("what", file.kind().title());
    facts.add("container", file.container().title());
    if (!file.wrapper().isEmpty()) {
      facts.add("found under", file.wrapper());
    }
    if (!file.prefix().isEmpty()) {
      facts.add("prefix cut off", file.prefix());
    }
    facts.add("weights", String.format(ROOT, "%,d", file.weights().size()));
    facts.add("numbers", String.format(ROOT, "%,d in %s", numbers(file.weights()), types(file)));
  }

  private static long numbers(StateDict weights) {
    return weights.weights().values().stream().mapToLong(weight -> weight.size()).sum();
  }

  private static String types(WeightFile file) {
    return file.weights().weights().values().stream()
        .map(weight -> weight.dtype().name())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** Of a generator, beyond what any weight file has. */
  static void of(GeneratorFile file, Facts facts) {
    RrdbConfig config = file.config();
    RrdbNet network = new RrdbNet(config);
    Graph graph = Graph.record(network);
    facts.add("names", file.layout().title());
    facts.add("scale", "x" + config.scale());
    facts.add("channels", "%d in, %d out".formatted(config.inChannels(), config.outChannels()));
    facts.add(
        "measures",
        "nf %d, gc %d, nb %d%s%s"
            .formatted(
                config.features(),
                config.growth(),
                config.blocks(),
                config.unshuffle() > 1 ? ", pixels folded by " + config.unshuffle() : "",
                config.plus() ? ", ESRGAN+" : ""));
    facts.add(
        "parameters",
        String.format(
            ROOT, "%,d", network.parameters().stream().mapToLong(Parameter::count).sum()));
    facts.add(
        "multiplications",
        String.format(ROOT, "%,.0f for a pixel of the input", graph.multiplicationsPerPixel()));
    facts.add(
        "sees",
        "%d pixels of the input to each side (its receptive radius)"
            .formatted(graph.receptiveRadius()));
  }

  /** The first names, for those who may know them. */
  static String someNames(StateDict weights) {
    String names = weights.names().stream().limit(NAMED).collect(Collectors.joining(", "));
    return weights.size() > NAMED ? names + ", ..." : names;
  }

  /** What was written about weights, each on one line. */
  static void metadata(StateDict weights, Facts facts) {
    for (Map.Entry<String, String> line : weights.metadata().entrySet()) {
      String value = line.getValue().strip().replaceAll("\\s+", " ");
      facts.add(
          "says " + line.getKey(),
          value.length() > LONGEST ? value.substring(0, LONGEST) + " ..." : value);
    }
  }
}
