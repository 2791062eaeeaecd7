package io.esrgan;

/** How far two arrays are apart; AssertJ's element-wise comparison takes minutes for a picture. */
public final class Differences {
  private Differences() {}

  /** The largest absolute difference; infinite where the lengths differ or a number is not one. */
  public static double largest(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs((double) actual[i] - expected[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }
}
