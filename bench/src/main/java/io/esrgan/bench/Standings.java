package io.esrgan.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** How a contest against bare loops ended. */
record Standings(List<Contestant> contestants, List<Timing> timings) {

  /**
   * The table. The last column is how many times as long the bare loop takes in the format that
   * libtorch has if nothing is asked of it. What takes no part is not compared with.
   *
   * @param operations floating-point operations that each contestant did, counting convolutions
   * @param peaks what the processor reached meanwhile
   */
  MarkdownTable table(double operations, Peaks peaks) {
    MarkdownTable table =
        new MarkdownTable(
            "contestant",
            "median s",
            "best s",
            "GFLOP/s",
            "of the peak",
            "to its bare peer",
            "NCHW float32 to it");
    Optional<Timing> plain = timingOf(Contestant.nameOf(Format.NCHW_FLOAT32));
    for (int i = 0; i < contestants.size(); i++) {
      Timing timing = timings.get(i);
      double rate = operations / timing.median();
      table.row(
          contestants.get(i).name(),
          number("%.4f", timing.median()),
          number("%.4f", timing.best()),
          number("%.0f", rate / 1e9),
          number("%.0f %%", 100 * peaks.share(rate, contestants.get(i).precision())),
          contestants
              .get(i)
              .peer()
              .flatMap(this::timingOf)
              .map(peer -> number("%.2f", timing.ratioTo(peer)))
              .orElse(""),
          plain.map(it -> number("%.2f", it.ratioTo(timing))).orElse(""));
    }
    return table;
  }

  /** Each contestant's time as a multiple of what the same one took in another contest. */
  List<Double> ratiosTo(Standings other) {
    return IntStream.range(0, timings.size())
        .mapToObj(i -> timings.get(i).ratioTo(other.timings.get(i)))
        .toList();
  }

  private Optional<Timing> timingOf(String name) {
    return IntStream.range(0, timings.size())
        .filter(i -> contestants.get(i).name().equals(name))
        .mapToObj(timings::get)
        .findFirst();
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
