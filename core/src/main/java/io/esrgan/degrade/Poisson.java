package io.esrgan.degrade;

import io.esrgan.random.Dice;
import java.util.Arrays;

/** Draws from a Poisson distribution with a mean of at most 256, by searching its sums. */
final class Poisson {
  private final double[] upTo; // upTo[k]: probability of k or less

  Poisson(double mean) {
    upTo = new double[(int) (mean + 10 * Math.sqrt(mean)) + 10]; // what lies beyond never comes
    double probability = Math.exp(-mean);
    double sum = 0;
    for (int k = 0; k < upTo.length; k++) {
      sum += probability;
      upTo[k] = sum;
      probability *= mean / (k + 1);
    }
  }

  int draw(Dice dice) {
    int place = Arrays.binarySearch(upTo, dice.unit());
    return place >= 0
        ? Math.min(place + 1, upTo.length - 1)
        : Math.min(-place - 1, upTo.length - 1);
  }
}
