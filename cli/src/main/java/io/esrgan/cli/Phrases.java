package io.esrgan.cli;

import static java.util.Locale.ROOT;

/** Numbers as people say them. */
final class Phrases {
  private Phrases() {}

  /** {@code 1 picture}, {@code 3 pictures}. */
  static String count(long number, String singular) {
    return number == 1 ? "1 " + singular : String.format(ROOT, "%,d %ss", number, singular);
  }

  /** {@code 3.2 s}, {@code 4 min 05 s}, {@code 2 h 10 min}. */
  static String time(double seconds) {
    if (seconds < 60) {
      return String.format(ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? String.format(ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** {@code 532 bytes}, {@code 66.9 MB}, in powers of 1024. */
  static String size(long bytes) {
    if (bytes < 1024) {
      return count(bytes, "byte");
    }
    double value = bytes;
    int unit = -1;
    while (value >= 1024 && unit < 3) {
      value /= 1024;
      unit++;
    }
    return String.format(ROOT, "%.1f %sB", value, "KMGT".charAt(unit));
  }

  /** Seconds since a {@link System#nanoTime}. */
  static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
