package io.esrgan.bench;

import java.util.List;
import java.util.Locale;

/** How a contest against bare loops ended. */
record Standings(List<Contestant> contestants, List<Timing> timings) {

  /**
   * The table. The last column is how many times as long the bare loop takes in the format that
   * libtorch has if nothing is asked of it.
   *
   * @param operations floating-point operations that each contestant did, counting convolutions
   */
  MarkdownTable table(double operations) {
    MarkdownTable table =
        new MarkdownTable(
            "contestant",
            "median s",
            "best s",
            "GFLOP/s",
            "to its bare peer",
            "NCHW float32 to it");
    Timing plain = timings.get(indexOf(Contestant.nameOf(Format.NCHW_FLOAT32)));
    for (int i = 0; i < contestants.size(); i++) {
      Timing timing = timings.get(i);
      table.row(
          contestants.get(i).name(),
          number("%.4f", timing.median()),
          number("%.4f", timing.best()),
          number("%.0f", operations / timing.median() / 1e9),
          contestants
              .get(i)
              .peer()
              .map(peer -> number("%.2f", timing.ratioTo(timings.get(indexOf(peer)))))
              .orElse(""),
          number("%.2f", plain.ratioTo(timing)));
    }
    return table;
  }

  private int indexOf(String name) {
    return contestants.stream().map(Contestant::name).toList().indexOf(name);
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
