package io.esrgan.random;

import java.util.List;

/**
 * Random numbers that depend on what they are for, not on what was drawn before: every sample of
 * every step has dice of its own, so a run that is resumed, or prepared by more threads, draws the
 * same.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014), written out because the JDK does not promise the same
 * numbers from one version to the next.
 */
public final class Dice {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private long state;
  private double spare = Double.NaN; // the other of two normal numbers

  /** Dice for one sample of one step. */
  public Dice(long seed, long step, long sample) {
    state = mix(mix(mix(seed) + GOLDEN * step) + GOLDEN * sample);
  }

  /** A number from 0 to {@code bound} - 1, each equally likely. */
  public long below(long bound) {
    long bits = next() >>> 1;
    long value = bits % bound;
    while (bits - value + bound - 1 < 0) { // in the incomplete last run of remainders
      bits = next() >>> 1;
      value = bits % bound;
    }
    return value;
  }

  /** A number in [0, 1), in steps of 2^-53. */
  public double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** A number in [from, to), each equally likely. */
  public double between(double from, double to) {
    return from + (to - from) * unit();
  }

  /** True with a probability in [0, 1]. */
  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** The place in a list of probabilities, each drawn as often as it says; their sum is 1. */
  public int choice(List<Double> probabilities) {
    double left = unit();
    int last = probabilities.size() - 1;
    for (int i = 0; i < last; i++) {
      left -= probabilities.get(i);
      if (left < 0) {
        return i;
      }
    }
    return last;
  }

  /** A number of the standard normal distribution (Marsaglia's polar method). */
  public double gaussian() {
    if (!Double.isNaN(spare)) {
      double kept = spare;
      spare = Double.NaN;
      return kept;
    }
    while (true) {
      double x = 2 * unit() - 1;
      double y = 2 * unit() - 1;
      double square = x * x + y * y;
      if (square < 1 && square > 0) {
        double length = Math.sqrt(-2 * StrictMath.log(square) / square);
        spare = y * length;
        return x * length;
      }
    }
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  private static long mix(long x) {
    long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
