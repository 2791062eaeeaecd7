package io.esrgan.data;

/**
 * Random numbers that depend on what they are for, not on what was drawn before: every sample of
 * every step has dice of its own, so a run that is resumed, or prepared by more threads, draws the
 * same.
 *
 * <p>SplitMix64 (Steele, Lea and Flood 2014), written out because the JDK does not promise the same
 * numbers from one version to the next.
 */
final class Dice {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;
  private long state;

  Dice(long seed, long step, long sample) {
    state = mix(mix(mix(seed) + GOLDEN * step) + GOLDEN * sample);
  }

  /** A number from 0 to {@code bound} - 1, each equally likely. */
  long below(long bound) {
    long bits = next() >>> 1;
    long value = bits % bound;
    while (bits - value + bound - 1 < 0) { // in the incomplete last run of remainders
      bits = next() >>> 1;
      value = bits % bound;
    }
    return value;
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
