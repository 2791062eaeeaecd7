package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Recognises a discriminator in a weight file: names its weights anew, takes its measures from
 * their shapes, and holds every weight against them.
 */
final class DiscriminatorReader {
  private static final Pattern HALVING = Pattern.compile("conv(\\d)_1\\.weight");
  private static final String COUNTER = ".num_batches_tracked";
  private static final String ORIGINAL = ".weight_orig";
  private static final int FEATURES = 64; // of the papers, for a file that lacks its first weight
  private static final int CHANNELS = 3;

  private final Source source;
  private final WeightFile file;

  DiscriminatorReader(Source source, WeightFile file) {
    this.source = source;
    this.file = file;
  }

  DiscriminatorFile read() throws WeightsException {
    boolean unet = file.kind() == WeightKind.UNET_DISCRIMINATOR;
    if (!file.kind().isDiscriminator()) {
      throw source.fail(file.kind().judgesNothing(file.weights()));
    }
    DiscriminatorLayout layout = DiscriminatorLayout.of(file.weights());
    Map<String, Weight> named = new LinkedHashMap<>();
    file.weights()
        .weights()
        .forEach(
            (name, weight) -> {
              if (!name.endsWith(COUNTER)) {
                named.put(layout.toNew(name), weight);
              }
            });
    DiscriminatorConfig config = measure(StateDict.of(named), unet);
    if (unet) {
      addVectors(named);
    }
    Map<String, Weight> ordered =
        Fitting.fit(
            source,
            "%s in the %s layout".formatted(file.kind().title(), layout.title()),
            named,
            DiscriminatorShapes.of(config));
    return new DiscriminatorFile(
        config,
        StateDict.of(ordered, file.weights().metadata()),
        layout,
        file.container(),
        ordered.get(unet ? "conv0.weight" : "conv0_0.weight").dtype());
  }

  private DiscriminatorConfig measure(StateDict weights, boolean unet) throws WeightsException {
    String first = unet ? "conv0.weight" : "conv0_0.weight";
    int features = Fitting.extent(weights, first, 0, FEATURES);
    int channels = Fitting.extent(weights, first, 1, CHANNELS);
    try {
      return unet
          ? new UnetDiscriminatorConfig(channels, features)
          : new VggDiscriminatorConfig(
              channels, side(weights, features), features, weights.contains("conv0_1.bias"));
    } catch (IllegalArgumentException e) {
      throw source.fail("holds %s: %s".formatted(file.kind().title(), e.getMessage()));
    }
  }

  /** The side of the pictures, from what the first fully connected layer sees of them. */
  private static int side(StateDict weights, int features) {
    int stages = RrdbLayout.highest(weights, HALVING).orElse(0) + 1;
    int inputs = Fitting.extent(weights, "linear1.weight", 1, 0);
    double lastSide = Math.sqrt(inputs / (8.0 * Math.max(1, features)));
    return (int) Math.round(lastSide * (1 << stages));
  }

  /** What a file saved for inference alone may lack. */
  private static void addVectors(Map<String, Weight> named) {
    Map<String, Weight> found = new LinkedHashMap<>();
    named.forEach(
        (name, weight) -> {
          String place = name.replace(ORIGINAL, ".weight");
          if (name.endsWith(ORIGINAL)
              && weight.rank() == 4
              && weight.size() > 0
              && weight.dtype().floating()
              && !(named.containsKey(place + "_u") && named.containsKey(place + "_v"))) {
            SingularVectors vectors = new SingularVectors(weight);
            found.put(place + "_u", vectors.left());
            found.put(place + "_v", vectors.right());
          }
        });
    named.putAll(found);
  }
}
