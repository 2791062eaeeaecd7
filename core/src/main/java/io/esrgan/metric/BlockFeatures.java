package io.esrgan.metric;

import io.esrgan.image.Plane;

/**
 * How the pixels of a block are distributed beside their neighbours, in 18 numbers: pixels have
 * their local mean subtracted and are divided by their local contrast, and an {@link Aggd} is
 * fitted to them, and to the products of each with its neighbour to the right, below, and on both
 * diagonals (Mittal et al. 2013, section II).
 */
final class BlockFeatures {
  static final int COUNT = 18;

  /** Down and to the right, around the block's edge; the fourth goes down and to the left. */
  private static final int[][] NEIGHBOURS = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};

  /**
   * What is less is zero but for rounding. The fit counts the numbers on either side of zero, so
   * where a picture is flat the noise of rounding would move the result by some hundredths.
   */
  private static final double NOISE = 1e-9;

  private final double[] window;
  private final int radius;

  /**
   * @param window the weights of a pixel's neighbourhood row by row, of an odd number of rows
   * @param size how many rows and columns it has
   */
  BlockFeatures(double[] window, int size) {
    this.window = window.clone();
    this.radius = size / 2;
  }

  /** Writes the features of a square block of {@code plane} to {@code to}, from {@code at} on. */
  void write(Plane plane, int left, int top, int side, double[] to, int at) {
    double[] block = normalised(plane, left, top, side);
    Aggd whole = Aggd.fit(block);
    int next = at;
    to[next++] = whole.shape();
    to[next++] = (whole.left() + whole.right()) / 2;
    for (int[] neighbour : NEIGHBOURS) {
      Aggd product = Aggd.fit(products(block, side, neighbour[0], neighbour[1]));
      to[next++] = product.shape();
      to[next++] = product.mean();
      to[next++] = product.left();
      to[next++] = product.right();
    }
  }

  private double[] normalised(Plane plane, int left, int top, int side) {
    int size = 2 * radius + 1;
    int wide = side + 2 * radius;
    double[] patch = patch(plane, left - radius, top - radius, wide);
    double[] block = new double[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double mean = 0;
        double square = 0;
        for (int v = 0; v < size; v++) {
          for (int u = 0; u < size; u++) {
            double value = patch[(y + v) * wide + x + u];
            double weighted = window[v * size + u] * value;
            mean += weighted;
            square += weighted * value;
          }
        }
        double difference = patch[(y + radius) * wide + x + radius] - mean;
        double contrast = Math.sqrt(Math.abs(square - mean * mean));
        block[y * side + x] = Math.abs(difference) < NOISE ? 0 : difference / (contrast + 1);
      }
    }
    return block;
  }

  /** A square of the plane, which reaches over its edges: these go on. */
  private static double[] patch(Plane plane, int left, int top, int side) {
    double[] patch = new double[side * side];
    for (int y = 0; y < side; y++) {
      int row = clamp(top + y, plane.height()) * plane.width();
      for (int x = 0; x < side; x++) {
        patch[y * side + x] = plane.values()[row + clamp(left + x, plane.width())];
      }
    }
    return patch;
  }

  private static int clamp(int i, int length) {
    return Math.max(0, Math.min(length - 1, i));
  }

  private static double[] products(double[] block, int side, int down, int right) {
    double[] products = new double[block.length];
    for (int y = 0; y < side; y++) {
      int row = Math.floorMod(y - down, side) * side;
      for (int x = 0; x < side; x++) {
        products[y * side + x] = block[y * side + x] * block[row + Math.floorMod(x - right, side)];
      }
    }
    return products;
  }
}
