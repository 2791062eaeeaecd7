package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.model.Discriminator;
import io.esrgan.model.Generators;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.nn.Parameterised;
import io.esrgan.weights.Container;
import io.esrgan.weights.DiscriminatorConfig;
import io.esrgan.weights.DiscriminatorFile;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.VggDiscriminatorConfig;
import io.esrgan.weights.WeightFile;
import io.esrgan.weights.WeightKind;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What there is to say about weights. Computed from their names and shapes, without the engine. */
final class WeightFacts {
  private static final int LONGEST = 100; // letters of a line of metadata
  private static final int NAMED = 4;
  private static final Set<WeightKind> CLASSIFIERS =
      Set.of(
          WeightKind.VGG19,
          WeightKind.VGG19_BN,
          WeightKind.VGG16,
          WeightKind.SQUEEZENET,
          WeightKind.ALEXNET);

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
    GeneratorConfig config = file.config();
    Network network = Generators.of(config);
    Graph graph = Graph.record(network);
    facts.add("names", file.layout().title());
    facts.add("scale", "x" + config.scale());
    facts.add("channels", "%d in, %d out".formatted(config.inChannels(), config.outChannels()));
    facts.add("measures", config.measures());
    if (file.container() == Container.NCNN && config instanceof RrdbConfig) {
      facts.add(
          "assumed",
          "residuals times %s, as in the paper; the .param file was not asked"
              .formatted(RrdbNet.BETA));
    }
    facts.add("parameters", parameters(network));
    facts.add(
        "multiplications",
        String.format(ROOT, "%,.0f for a pixel of the input", graph.multiplicationsPerPixel()));
    facts.add(
        "sees",
        graph.seesAll()
            ? "the whole picture at once"
            : "%d pixels of the input to each side (its receptive radius)"
                .formatted(graph.receptiveRadius()));
  }

  /** Of a discriminator, beyond what any weight file has. */
  static void of(DiscriminatorFile file, Facts facts) {
    DiscriminatorConfig config = file.config();
    facts.add("names", file.layout().title());
    facts.add(
        "judges",
        config instanceof VggDiscriminatorConfig vgg
            ? "pictures of %dx%d pixels".formatted(vgg.side(), vgg.side())
            : "every pixel of a picture");
    facts.add("channels", "%d in".formatted(config.channels()));
    facts.add(
        "measures",
        "nf %d%s"
            .formatted(
                config.features(),
                config instanceof VggDiscriminatorConfig vgg && vgg.biased()
                    ? ", biases everywhere"
                    : ""));
    facts.add("parameters", parameters(Discriminator.of(config)));
  }

  /** Of a classifier whose feature maps are compared; nothing of other files. */
  static void ofClassifier(WeightFile file, Facts facts) {
    if (!CLASSIFIERS.contains(file.kind())) {
      return;
    }
    StateDict features = file.weights().under("features.");
    long convolutions =
        features.weights().values().stream().filter(weight -> weight.rank() == 4).count();
    facts.add("convolutions", Long.toString(convolutions));
    facts.add("parameters", String.format(ROOT, "%,d before the classifier", numbers(features)));
    if (file.kind() == WeightKind.VGG19) {
      facts.add("layers", "conv1_1, relu1_1 ... conv5_4, relu5_4, or features.N by its number");
    } else if (file.kind() == WeightKind.SQUEEZENET) {
      facts.add("layers", "expand2, relu2 ... expand9, relu9");
    }
  }

  private static String parameters(Parameterised network) {
    return String.format(
        ROOT,
        "%,d",
        network.parameters().stream()
            .filter(parameter -> parameter.role().isTrained())
            .mapToLong(Parameter::count)
            .sum());
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
