package io.esrgan.metric;

import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import java.util.Arrays;
import java.util.List;

/**
 * Structural similarity, 1 for equal pictures (Wang et al. 2004): a Gaussian window of 11 x 11 with
 * sigma 1.5, only where it lies wholly inside the picture, at the pictures' own size, as in the
 * authors' MATLAB code. RGB takes the mean over the three channels.
 */
public final class Ssim implements Metric {
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double C1 = square(0.01 * 255);
  private static final double C2 = square(0.03 * 255);
  private static final double[] GAUSSIAN = gaussian();

  private static double square(double x) {
    return x * x;
  }

  private static double[] gaussian() {
    double[] weights = new double[WINDOW];
    for (int i = 0; i < WINDOW; i++) {
      weights[i] = Math.exp(-square(i - WINDOW / 2) / (2 * SIGMA * SIGMA));
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  @Override
  public String name() {
    return "SSIM";
  }

  @Override
  public boolean higherIsBetter() {
    return true;
  }

  @Override
  public double measure(Picture reference, Picture candidate, Protocol protocol) {
    Measured.check(reference, candidate, protocol, WINDOW);
    List<Plane> expected = Measured.planes(reference, protocol);
    List<Plane> actual = Measured.planes(candidate, protocol);
    double sum = 0;
    for (int i = 0; i < expected.size(); i++) {
      sum += similarity(expected.get(i), actual.get(i));
    }
    return sum / expected.size();
  }

  private static double similarity(Plane a, Plane b) {
    int width = a.width() - WINDOW + 1;
    int height = a.height() - WINDOW + 1;
    Moments rows = new Moments(a.width());
    Moments windows = new Moments(width);
    double sum = 0;
    for (int y = 0; y < height; y++) {
      rows.overRows(a, b, y);
      windows.overColumns(rows);
      for (int x = 0; x < width; x++) {
        sum += windows.similarity(x);
      }
    }
    return sum / width / height;
  }

  /** Weighted means under the window: of both pictures, their squares and their product. */
  private static final class Moments {
    private final double[] a;
    private final double[] b;
    private final double[] aa;
    private final double[] bb;
    private final double[] ab;

    Moments(int length) {
      a = new double[length];
      b = new double[length];
      aa = new double[length];
      bb = new double[length];
      ab = new double[length];
    }

    /** The vertical half of the windows whose top is row {@code y}. */
    void overRows(Plane first, Plane second, int y) {
      clear();
      for (int k = 0; k < WINDOW; k++) {
        double weight = GAUSSIAN[k];
        int from = (y + k) * first.width();
        for (int x = 0; x < a.length; x++) {
          double p = first.values()[from + x];
          double q = second.values()[from + x];
          a[x] += weight * p;
          b[x] += weight * q;
          aa[x] += weight * p * p;
          bb[x] += weight * q * q;
          ab[x] += weight * p * q;
        }
      }
    }

    /** The horizontal half. */
    void overColumns(Moments rows) {
      clear();
      for (int k = 0; k < WINDOW; k++) {
        double weight = GAUSSIAN[k];
        for (int x = 0; x < a.length; x++) {
          a[x] += weight * rows.a[x + k];
          b[x] += weight * rows.b[x + k];
          aa[x] += weight * rows.aa[x + k];
          bb[x] += weight * rows.bb[x + k];
          ab[x] += weight * rows.ab[x + k];
        }
      }
    }

    private void clear() {
      for (double[] moment : new double[][] {a, b, aa, bb, ab}) {
        Arrays.fill(moment, 0);
      }
    }

    double similarity(int x) {
      double means = a[x] * b[x];
      double squares = a[x] * a[x] + b[x] * b[x];
      double covariance = ab[x] - means;
      double variances = aa[x] + bb[x] - squares;
      return (2 * means + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
  }
}
