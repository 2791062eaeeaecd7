package io.esrgan.nn;

/**
 * The size of a feature map relative to the network's input, a fraction in lowest terms.
 *
 * @param numerator pixels here for every
 * @param denominator pixels of the input, along one axis
 */
public record Resolution(int numerator, int denominator) {

  /** The input's own. */
  public static final Resolution SAME = new Resolution(1, 1);

  /** Reduces the fraction. */
  public Resolution {
    if (numerator < 1 || denominator < 1) {
      throw new IllegalArgumentException("a resolution of " + numerator + "/" + denominator);
    }
    int common = greatestCommonDivisor(numerator, denominator);
    numerator /= common;
    denominator /= common;
  }

  /** This many times as high and wide. */
  public Resolution times(int factor) {
    return new Resolution(numerator * factor, denominator);
  }

  Resolution dividedBy(int factor) {
    return new Resolution(numerator, denominator * factor);
  }

  /**
   * Pixels here for {@code pixels} of the input, along one axis.
   *
   * @throws IllegalArgumentException if they are no whole number
   */
  public long of(long pixels) {
    long scaled = pixels * numerator;
    if (scaled % denominator != 0) {
      throw new IllegalArgumentException(
          "%d pixels are not divided by %d".formatted(pixels, denominator));
    }
    return scaled / denominator;
  }

  /** Pixels here for one pixel of the input: the square of the ratio. */
  public double area() {
    double ratio = (double) numerator / denominator;
    return ratio * ratio;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
