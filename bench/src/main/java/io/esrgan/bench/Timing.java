package io.esrgan.bench;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How long a contestant took.
 *
 * @param seconds one number for each round of the contest
 */
record Timing(List<Double> seconds) {

  Timing {
    seconds = List.copyOf(seconds);
    if (seconds.isEmpty()) {
      throw new IllegalArgumentException("nothing was timed");
    }
  }

  double median() {
    return median(seconds);
  }

  double best() {
    return Collections.min(seconds);
  }

  /** The median over rounds of this one's time, as a multiple of the other's in the same round. */
  double ratioTo(Timing other) {
    return median(
        IntStream.range(0, seconds.size())
            .mapToObj(round -> seconds.get(round) / other.seconds.get(round))
            .toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }
}
