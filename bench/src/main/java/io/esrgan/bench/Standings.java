package io.esrgan.bench;

import java.util.List;
import java.util.Locale;

/** How a contest ended, in a table and a sentence. */
record Standings(List<Contestant> contestants, List<Timing> timings) {

  /**
   * The table.
   *
   * @param operations floating-point operations that each contestant did, counting convolutions
   */
  MarkdownTable table(double operations) {
    MarkdownTable table =
        new MarkdownTable("contestant", "median s", "best s", "GFLOP/s", "to its bare peer");
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
              .orElse(""));
    }
    return table;
  }

  /** How many times as long the engine's default takes as its fastest format. */
  String defaultAgainstFastest() {
    Timing slow = timings.get(indexOf(Contestant.nameOf(Format.NCHW_FLOAT32)));
    Timing fast = timings.get(indexOf(Contestant.nameOf(Format.CHANNELS_LAST_BFLOAT16)));
    return "Bare %s takes %s times as long as bare %s."
        .formatted(
            Format.NCHW_FLOAT32.label(),
            number("%.2f", slow.ratioTo(fast)),
            Format.CHANNELS_LAST_BFLOAT16.label());
  }

  private int indexOf(String name) {
    return contestants.stream().map(Contestant::name).toList().indexOf(name);
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
