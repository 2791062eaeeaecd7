package io.esrgan.weights;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The pair of vectors that belongs to the largest singular value of a convolution's weight, taken
 * as a matrix (out, in kernel kernel): what spectral normalisation estimates while it trains, for
 * files without its estimate (Miyato et al. 2018, algorithm 1).
 */
final class SingularVectors {
  private static final int STEPS = 100; // of the power iteration
  private static final double SMALLEST_NORM = 1e-12;

  private final double[] left;
  private final double[] right;

  SingularVectors(Weight weight) {
    float[] matrix = weight.floats();
    left = new double[Math.toIntExact(weight.extent(0))];
    right = new double[matrix.length / left.length];
    SplittableRandom random = new SplittableRandom(1);
    for (int row = 0; row < left.length; row++) {
      left[row] = random.nextDouble(-1, 1);
    }
    for (int step = 0; step < STEPS; step++) {
      iterate(matrix);
    }
  }

  private void iterate(float[] matrix) {
    Arrays.fill(right, 0);
    for (int row = 0; row < left.length; row++) {
      for (int column = 0; column < right.length; column++) {
        right[column] += matrix[row * right.length + column] * left[row];
      }
    }
    normalise(right);
    for (int row = 0; row < left.length; row++) {
      double sum = 0;
      for (int column = 0; column < right.length; column++) {
        sum += matrix[row * right.length + column] * right[column];
      }
      left[row] = sum;
    }
    normalise(left);
  }

  private static void normalise(double[] vector) {
    double sum = 0;
    for (double value : vector) {
      sum += value * value;
    }
    double norm = Math.max(Math.sqrt(sum), SMALLEST_NORM);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= norm;
    }
  }

  /** The vector of the outputs, u. */
  Weight left() {
    return weight(left);
  }

  /** The vector of the inputs, v. */
  Weight right() {
    return weight(right);
  }

  private static Weight weight(double[] vector) {
    float[] values = new float[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector[i];
    }
    return Weight.of(values, values.length);
  }
}
