package io.esrgan.degrade;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * A filter whose weights sum to 1 (Wang et al. 2021, sections 3.1 and 3.3).
 *
 * <p>Gaussian kernels are functions of q = xᵀ Σ⁻¹ x, where Σ has the squared deviations along two
 * axes turned by an angle: exp(-q/2), in generalised form exp(-q^β/2), with a plateau 1/(1 + q^β).
 *
 * @param height rows, an odd number
 * @param width columns, an odd number
 * @param weights (height, width)
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Kernel(int height, int width, float[] weights) {
  private static final int BESSEL_POINTS = 96; // error below 1e-12 for arguments up to 60

  public Kernel {
    if (height % 2 == 0 || width % 2 == 0 || weights.length != height * width) {
      throw new IllegalArgumentException(
          "%d weights are no kernel of odd sides %d and %d"
              .formatted(weights.length, height, width));
    }
  }

  /**
   * A Gaussian.
   *
   * @param sigmaX deviation along the first axis in pixels
   * @param sigmaY deviation along the second
   * @param angle of the first axis to the x axis, in radians
   */
  public static Kernel gaussian(int size, double sigmaX, double sigmaY, double angle) {
    return bivariate(size, sigmaX, sigmaY, angle, q -> Math.exp(-q / 2));
  }

  /** A generalised Gaussian: {@code beta} below 1 has heavier tails, above 1 lighter ones. */
  public static Kernel generalised(
      int size, double sigmaX, double sigmaY, double angle, double beta) {
    return bivariate(size, sigmaX, sigmaY, angle, q -> Math.exp(-Math.pow(q, beta) / 2));
  }

  /** Flat within, falling off outside, the steeper the larger {@code beta}. */
  public static Kernel plateau(int size, double sigmaX, double sigmaY, double angle, double beta) {
    return bivariate(size, sigmaX, sigmaY, angle, q -> 1 / (1 + Math.pow(q, beta)));
  }

  /**
   * An ideal circular low-pass filter, which rings (equation 6): ω J₁(ω r) / (2π r).
   *
   * @param cutoff ω in radians per pixel, up to π
   */
  public static Kernel sinc(int size, double cutoff) {
    double[] weights = new double[size * size];
    int half = size / 2;
    for (int y = 0; y <= half; y++) {
      for (int x = y; x <= half; x++) { // an eighth of it: the rest is its mirror
        double r = Math.hypot(x, y);
        double weight =
            r == 0
                ? cutoff * cutoff / (4 * Math.PI)
                : cutoff * bessel(cutoff * r) / (2 * Math.PI * r);
        for (int i = 0; i < 4; i++) {
          int signX = (i & 1) == 0 ? 1 : -1;
          int signY = (i & 2) == 0 ? 1 : -1;
          weights[(half + signY * y) * size + half + signX * x] = weight;
          weights[(half + signX * x) * size + half + signY * y] = weight;
        }
      }
    }
    return new Kernel(size, size, normalised(weights));
  }

  /** J₁(x) = 1/π ∫ cos(t - x sin t) dt from 0 to π, whose trapezoids converge exponentially. */
  private static double bessel(double x) {
    double sum = 0; // both ends, 1 and -1, cancel
    for (int i = 1; i < BESSEL_POINTS; i++) {
      double t = i * Math.PI / BESSEL_POINTS;
      sum += Math.cos(t - x * Math.sin(t));
    }
    return sum / BESSEL_POINTS;
  }

  /** A Gaussian along one axis: a row or, {@code upright}, a column. */
  static Kernel line(int size, double sigma, boolean upright) {
    double[] weights = new double[size];
    for (int i = 0; i < size; i++) {
      double x = (i - size / 2) / sigma;
      weights[i] = Math.exp(-x * x / 2);
    }
    float[] whole = normalised(weights);
    return upright ? new Kernel(size, 1, whole) : new Kernel(1, size, whole);
  }

  private static Kernel bivariate(
      int size, double sigmaX, double sigmaY, double angle, DoubleUnaryOperator shape) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double[] weights = new double[size * size];
    for (int i = 0; i < weights.length; i++) {
      int x = i % size - size / 2;
      int y = i / size - size / 2;
      double along = (cos * x + sin * y) / sigmaX;
      double across = (cos * y - sin * x) / sigmaY;
      weights[i] = shape.applyAsDouble(along * along + across * across);
    }
    return new Kernel(size, size, normalised(weights));
  }

  private static float[] normalised(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    float[] whole = new float[weights.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (float) (weights[i] / sum);
    }
    return whole;
  }

  /** Filters every plane; beyond the edge it is mirrored, without the edge itself. */
  public Planes filter(Planes planes) {
    int top = height / 2;
    int left = width / 2;
    int wide = planes.width() + 2 * left;
    int high = planes.height() + 2 * top;
    float[] padded = new float[wide * high];
    int[] columns = mirrored(left, planes.width());
    int[] rows = mirrored(top, planes.height());
    Planes filtered = Planes.zeros(planes.channels(), planes.height(), planes.width());
    float[] sum = new float[planes.width()];
    for (int c = 0; c < planes.channels(); c++) {
      for (int y = 0; y < high; y++) {
        int row = (c * planes.height() + rows[y]) * planes.width();
        for (int x = 0; x < wide; x++) {
          padded[y * wide + x] = planes.values()[row + columns[x]];
        }
      }
      for (int y = 0; y < planes.height(); y++) {
        Arrays.fill(sum, 0);
        for (int i = 0; i < weights.length; i++) {
          add(weights[i], padded, (y + i / width) * wide + i % width, sum);
        }
        int row = (c * planes.height() + y) * planes.width();
        System.arraycopy(sum, 0, filtered.values(), row, sum.length);
      }
    }
    return filtered;
  }

  /** A loop that Java makes vector instructions of. */
  private static void add(float weight, float[] from, int offset, float[] sum) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += weight * from[offset + x];
    }
  }

  /** The places of a line with {@code border} more at both ends, mirrored as often as it takes. */
  private static int[] mirrored(int border, int length) {
    int period = Math.max(1, 2 * (length - 1));
    int[] places = new int[length + 2 * border];
    for (int i = 0; i < places.length; i++) {
      int within = Math.floorMod(i - border, period);
      places[i] = Math.min(within, period - within);
    }
    return length == 1 ? new int[places.length] : places;
  }
}
