package io.esrgan.bench;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.Precision;
import io.esrgan.weights.RrdbConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures through the network: bare loops in all formats, ONNX Runtime, and the library's
 * Executor. All have the same weights and pictures; float32 goes in and comes out. Pictures of all
 * sizes take their turns in the same rounds.
 */
final class InferenceContest {
  private final Options options;
  private final RrdbConfig config;

  InferenceContest(Options options) {
    this.options = options;
    this.config = options.inferenceModel();
  }

  /** Runs it, after a check that the others agree with the library's. */
  String report() throws IOException {
    List<PictureSize> sizes = options.inputs();
    try (InferenceModel model = new InferenceModel(config)) {
      List<InferenceWay> ways = InferenceWay.of(options);
      List<InferenceWay.Runner> runners = new ArrayList<>();
      for (InferenceWay way : ways) {
        runners.add(way.preparation().of(model));
      }
      List<Contestant> contestants = new ArrayList<>();
      List<String> agreements = new ArrayList<>();
      for (PictureSize size : sizes) {
        List<InferenceWay.Turn> turns = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
          InferenceWay way = ways.get(i);
          turns.add(runners.get(i).on(InferenceModel.picture(size), size.shape()));
          contestants.add(
              new Contestant(way.name(), way.peer(), way.precision(), turns.get(i).work()));
        }
        boolean compared = ways.stream().map(way -> way.peer().isPresent()).distinct().count() > 1;
        agreements.add(compared ? agreement(size, ways, turns) : "");
      }
      Peaks peaks = Peaks.of(contestants);
      List<Timing> timings = options.contest().run(contestants, peaks::measure);
      int each = ways.size();
      List<Standings> standings =
          IntStream.range(0, sizes.size())
              .mapToObj(i -> i * each)
              .map(
                  at ->
                      new Standings(
                          contestants.subList(at, at + each), timings.subList(at, at + each)))
              .toList();
      return describe(sizes, standings, peaks, agreements);
    }
  }

  /**
   * The largest differences to the last way in the same precision, the Executor's; where there is
   * none, to the last of all, as far as the coarser precision tells.
   */
  private static String agreement(
      PictureSize size, List<InferenceWay> ways, List<InferenceWay.Turn> turns) {
    int last = ways.size() - 1;
    Map<Precision, float[]> ours = new EnumMap<>(Precision.class);
    ours.put(ways.get(last).precision(), turns.get(last).result().get());
    List<String> differences = new ArrayList<>();
    for (int i = last - 1; i >= 0; i--) {
      InferenceWay way = ways.get(i);
      float[] result = turns.get(i).result().get();
      boolean executor = way.peer().isPresent();
      if (executor) {
        ours.put(way.precision(), result);
        continue;
      }
      Precision held =
          ours.containsKey(way.precision()) ? way.precision() : ways.get(last).precision();
      double difference = Agreement.difference(result, ours.get(held));
      Agreement.require(
          "inference, %s, %s".formatted(size, way.name()), difference, Agreement.tolerance(held));
      differences.add(0, "%.1e (%s)".formatted(difference, way.name()));
    }
    return String.join(", ", differences);
  }

  private String describe(
      List<PictureSize> sizes, List<Standings> standings, Peaks peaks, List<String> agreements) {
    double perPixel = 2 * Graph.record(new RrdbNet(config)).multiplicationsPerPixel();
    String tables =
        IntStream.range(0, sizes.size())
            .mapToObj(
                i ->
                    describe(
                        sizes.get(i),
                        perPixel * sizes.get(i).pixels(),
                        table(sizes, standings, i, perPixel, peaks),
                        agreements.get(i)))
            .collect(Collectors.joining("\n\n"));
    return """
    Inference: nf %d, gc %d, nb %d, scale 4, %d rounds. Peak, in the same rounds: %s.%s

    %s
    """
        .formatted(
            config.features(),
            config.growth(),
            config.blocks(),
            options.contest().rounds(),
            peaks,
            options.remark(),
            tables)
        .strip();
  }

  private static String describe(
      PictureSize size, double operations, MarkdownTable table, String agreement) {
    return String.format(
        Locale.ROOT,
        """
        A picture of %s pixels, %.1f GFLOP in convolutions:

        %s%s\
        """,
        size,
        operations / 1e9,
        table,
        agreement.isEmpty()
            ? ""
            : "\n\nLargest difference to the Executor, relative to the largest result: %s."
                .formatted(agreement));
  }

  private static MarkdownTable table(
      List<PictureSize> sizes, List<Standings> standings, int at, double perPixel, Peaks peaks) {
    long pixels = sizes.get(at).pixels();
    MarkdownTable table = standings.get(at).table(perPixel * pixels, peaks);
    if (at > 0) {
      double fewer = (double) sizes.get(0).pixels() / pixels;
      table.column(
          "a pixel's time to that of " + sizes.get(0),
          standings.get(at).ratiosTo(standings.get(0)).stream()
              .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio * fewer))
              .toList());
    }
    return table;
  }
}
