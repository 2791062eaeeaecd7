package io.esrgan.metric;

import java.util.Arrays;
import java.util.List;

/** A Gaussian distribution of several numbers at once: their means and covariances. Immutable. */
final class MultivariateGaussian {
  private static final int MOST_SWEEPS = 50; // Jacobi's method takes about seven
  private static final double EPSILON = Math.ulp(1.0);

  private final double[] mean;
  private final double[][] covariance;

  /**
   * @param covariance symmetric, row by row; as many rows as there are means
   */
  MultivariateGaussian(double[] mean, double[] covariance) {
    this.mean = mean.clone();
    this.covariance = new double[mean.length][];
    for (int i = 0; i < mean.length; i++) {
      this.covariance[i] = Arrays.copyOfRange(covariance, i * mean.length, (i + 1) * mean.length);
    }
  }

  private MultivariateGaussian(double[] mean, double[][] covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * The distribution that rows of numbers come from. Means are over the numbers that are there,
   * covariances (unbiased) over the rows in which none is NaN, of which there must be two.
   */
  static MultivariateGaussian fit(List<double[]> rows) {
    int size = rows.get(0).length;
    double[] mean = mean(rows, size);
    List<double[]> whole = rows.stream().filter(MultivariateGaussian::isWhole).toList();
    double[] centre = mean(whole, size);
    double[][] covariance = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = 0;
        for (double[] row : whole) {
          sum += (row[i] - centre[i]) * (row[j] - centre[j]);
        }
        covariance[i][j] = sum / (whole.size() - 1);
        covariance[j][i] = covariance[i][j];
      }
    }
    return new MultivariateGaussian(mean, covariance);
  }

  static boolean isWhole(double[] row) {
    return Arrays.stream(row).noneMatch(Double::isNaN);
  }

  private static double[] mean(List<double[]> rows, int size) {
    double[] mean = new double[size];
    for (int i = 0; i < size; i++) {
      int column = i;
      mean[i] =
          rows.stream()
              .mapToDouble(r -> r[column])
              .filter(v -> !Double.isNaN(v))
              .average()
              .orElse(Double.NaN);
    }
    return mean;
  }

  /**
   * The distance of Mittal et al. 2013, equation 10: of the means, in units of both distributions'
   * spread, in whatever directions they spread at all.
   */
  double distance(MultivariateGaussian other) {
    int size = mean.length;
    double[] difference = new double[size];
    double[][] pooled = new double[size][size];
    for (int i = 0; i < size; i++) {
      difference[i] = mean[i] - other.mean[i];
      for (int j = 0; j < size; j++) {
        pooled[i][j] = (covariance[i][j] + other.covariance[i][j]) / 2;
      }
    }
    diagonalise(pooled, difference);
    double largest = 0;
    for (int i = 0; i < size; i++) {
      largest = Math.max(largest, pooled[i][i]);
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      if (pooled[i][i] > size * EPSILON * largest) { // the pseudo-inverse leaves out the others
        sum += difference[i] * difference[i] / pooled[i][i];
      }
    }
    return Math.sqrt(sum);
  }

  /**
   * Turns the axes until the symmetric matrix has all its weight on the diagonal, and the vector
   * with them: Jacobi's cyclic method (Golub and Van Loan, section 8.5).
   */
  private static void diagonalise(double[][] matrix, double[] vector) {
    double total = 0;
    for (double[] row : matrix) {
      total += Arrays.stream(row).map(x -> x * x).sum();
    }
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double off = 0;
      for (int p = 0; p < matrix.length; p++) {
        for (int q = p + 1; q < matrix.length; q++) {
          off += matrix[p][q] * matrix[p][q];
          rotate(matrix, vector, p, q);
        }
      }
      if (off <= EPSILON * EPSILON * EPSILON * total) {
        return;
      }
    }
  }

  private static void rotate(double[][] a, double[] vector, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    for (double[] row : a) {
      double left = row[p];
      row[p] = cosine * left - sine * row[q];
      row[q] = sine * left + cosine * row[q];
    }
    for (int k = 0; k < a.length; k++) {
      double above = a[p][k];
      a[p][k] = cosine * above - sine * a[q][k];
      a[q][k] = sine * above + cosine * a[q][k];
    }
    double first = vector[p];
    vector[p] = cosine * first - sine * vector[q];
    vector[q] = sine * first + cosine * vector[q];
  }
}
