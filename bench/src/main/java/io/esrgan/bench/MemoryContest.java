package io.esrgan.bench;

import io.esrgan.weights.RrdbConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What inference takes of the machine's memory: every contestant runs one picture of each size once
 * in a process of its own, since Linux counts for whole processes.
 */
final class MemoryContest {
  private final Options options;

  MemoryContest(Options options) {
    this.options = options;
  }

  /** Runs it. */
  String report() throws IOException {
    RrdbConfig config = options.inferenceModel();
    String measures = "%d,%d,%d".formatted(config.features(), config.growth(), config.blocks());
    if (ResidentMemory.most().isEmpty()) {
      return "Memory of inference: this system does not tell it.";
    }
    MarkdownTable table =
        new MarkdownTable("contestant", "picture", "MB before", "MB at most", "bytes a pixel");
    for (PictureSize size : options.inputs()) {
      for (InferenceWay way : InferenceWay.of(options)) {
        row(table, way, measures, size);
      }
    }
    return """
    Memory of inference: nf %d, gc %d, nb %d, scale 4, one picture in a process of its own: before \
    it is run, and at most. The JVM, the engine and the weights are in both; what comes on top is \
    divided by the picture's pixels.%s

    %s
    """
        .formatted(config.features(), config.growth(), config.blocks(), options.remark(), table)
        .strip();
  }

  private static void row(MarkdownTable table, InferenceWay way, String measures, PictureSize size)
      throws IOException {
    Probed probed = probe(way, measures, size);
    if (probed.told().isEmpty()) {
      table.row(way.name(), size.toString(), "", "process ended with " + probed.code(), "");
      return;
    }
    long before = probed.told().get()[0];
    long most = probed.told().get()[1];
    table.row(
        way.name(),
        size.toString(),
        number(before),
        number(most),
        number(((most - before) << 20) / size.pixels()));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /**
   * What came of a process.
   *
   * @param told megabytes before and at most; nothing if it died, of too little memory as a rule
   * @param code what it ended with
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  private record Probed(Optional<long[]> told, int code) {}

  private static Probed probe(InferenceWay way, String measures, PictureSize size)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            MemoryProbe.class.getName(),
            way.name(),
            measures,
            Integer.toString(size.width()),
            Integer.toString(size.height())));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Optional<String> line;
    try (BufferedReader out = process.inputReader()) {
      line = out.lines().filter(text -> text.startsWith(MemoryProbe.MARK)).findFirst();
    }
    return new Probed(line.map(MemoryContest::numbers), process.onExit().join().exitValue());
  }

  private static long[] numbers(String line) {
    String[] numbers = line.substring(MemoryProbe.MARK.length()).strip().split(" ", -1);
    return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
  }
}
