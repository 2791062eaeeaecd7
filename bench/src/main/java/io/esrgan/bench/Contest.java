package io.esrgan.bench;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Times contestants side by side: every round runs each of them once, and each round begins with
 * another, so that whatever slows the machine for a while slows all of them alike.
 *
 * @param warmUps rounds that are not counted
 * @param rounds rounds that are
 */
record Contest(int warmUps, int rounds) {

  Contest {
    if (warmUps < 0 || rounds < 1) {
      throw new IllegalArgumentException(
          "a contest has 0 or more warm-ups and 1 or more rounds, not %d and %d"
              .formatted(warmUps, rounds));
    }
  }

  /** The contestants' times, in their order. */
  List<Timing> run(List<Contestant> contestants) {
    return run(contestants, () -> {});
  }

  /** As {@link #run(List)}, with something else before every round. */
  List<Timing> run(List<Contestant> contestants, Runnable beforeRound) {
    int count = contestants.size();
    double[][] seconds = new double[count][rounds];
    for (int round = -warmUps; round < rounds; round++) {
      beforeRound.run();
      for (int turn = 0; turn < count; turn++) {
        int who = Math.floorMod(round + turn, count);
        long start = System.nanoTime();
        contestants.get(who).work().run();
        long end = System.nanoTime();
        if (round >= 0) {
          seconds[who][round] = (end - start) / 1e9;
        }
      }
    }
    return Stream.of(seconds)
        .map(times -> new Timing(DoubleStream.of(times).boxed().toList()))
        .toList();
  }
}
