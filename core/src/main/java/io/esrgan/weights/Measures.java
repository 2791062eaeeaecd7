package io.esrgan.weights;

import java.util.Arrays;
import java.util.Set;

/** Holds what stands in a generator's configuration against what there is. */
final class Measures {
  private static final int MOST_CHANNELS = 4096;
  private static final int MOST_BLOCKS = 1000;

  private Measures() {}

  static void channels(String what, int value) {
    check(what, value, MOST_CHANNELS);
  }

  static void blocks(String what, int value) {
    check(what, value, MOST_BLOCKS);
  }

  static void scale(int scale, Integer... known) {
    if (!Set.of(known).contains(scale)) {
      throw new IllegalArgumentException(
          "a scale of %d is not one of %s".formatted(scale, Arrays.toString(known)));
    }
  }

  static void residualScale(double value) {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "a residual scale of " + value + " is not above 0 and up to 1");
    }
  }

  private static void check(String what, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(value + " " + what + " are not between 1 and " + most);
    }
  }
}
