package io.esrgan.bench;

import io.esrgan.tensor.Precision;
import java.util.Map;

/** Whether two contestants computed the same thing, without which their times say nothing. */
final class Agreement {
  private Agreement() {}

  /** What may lie between two ways to compute in this precision, relative to the largest result. */
  static double tolerance(Precision precision) {
    return precision == Precision.FLOAT32 ? 1e-5 : 0x1p-5;
  }

  /** The largest difference, relative to the largest expected number. */
  static double difference(float[] actual, float[] expected) {
    if (actual.length != expected.length) {
      throw new IllegalStateException(
          "one has %d results, the other %d".formatted(actual.length, expected.length));
    }
    double difference = 0;
    double largest = Double.MIN_NORMAL;
    for (int i = 0; i < expected.length; i++) {
      // Math.max passes on what is not a number.
      difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  /**
   * The largest difference of two steps' losses, each relative to the expected one, or to 1 where
   * that is less: a discriminator that has become sure has a loss of next to nothing.
   *
   * @param actual holds all of the expected ones' names
   */
  static double difference(Map<String, Double> actual, Map<String, Double> expected) {
    double difference = 0;
    for (Map.Entry<String, Double> loss : expected.entrySet()) {
      double apart = Math.abs(actual.get(loss.getKey()) - loss.getValue());
      difference = Math.max(difference, apart / Math.max(1, Math.abs(loss.getValue())));
    }
    return difference;
  }

  /** Fails where {@code difference} is more than rounding explains, or is no number. */
  static double require(String what, double difference, double tolerance) {
    if (!(difference <= tolerance)) {
      throw new IllegalStateException(
          "%s: results differ by %.2g of the largest, at most %.2g is rounding"
              .formatted(what, difference, tolerance));
    }
    return difference;
  }
}
