package io.esrgan.upscale;

import io.esrgan.image.RowResizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One iteration of back-projection on one plane: {@code high += enlarged(low - shrunk(high))}, both
 * by bicubic (Irani and Peleg 1991; Timofte et al. 2016).
 *
 * <p>Goes through the rows of both from the top as they come, five rows of the input behind them,
 * and holds what lies on about nine. Rows are handed on in arrays that belong to whom they are
 * handed to.
 */
final class BackProjection {
  private final Deque<double[]> lows = new ArrayDeque<>();
  private final Deque<double[]> highs = new ArrayDeque<>();
  private final RowResizer shrink;
  private final RowResizer enlarge;
  private final Consumer<double[]> nextLow;
  private final Consumer<double[]> nextHigh;

  /**
   * @param width of the input, as {@code height}
   * @param nextLow gets the input's rows, each before the result's rows that lie on it
   * @param nextHigh gets the result's rows
   */
  BackProjection(
      int width, int height, int scale, Consumer<double[]> nextLow, Consumer<double[]> nextHigh) {
    int highWidth = Math.multiplyExact(width, scale);
    int highHeight = Math.multiplyExact(height, scale);
    this.shrink = RowResizer.of(highWidth, highHeight, 1, width, height, this::project);
    this.enlarge = RowResizer.of(width, height, 1, highWidth, highHeight, this::correct);
    this.nextLow = nextLow;
    this.nextHigh = nextHigh;
  }

  /** The input's next row: not later than the rows of the result that lie on it. */
  void low(double[] row) {
    lows.add(row);
  }

  /** The next row of what is to be corrected. */
  void high(double[] row) {
    highs.add(row);
    shrink.accept(row);
  }

  private void project(double[] shrunk) {
    double[] low = lows.remove();
    double[] missing = new double[low.length];
    for (int x = 0; x < low.length; x++) {
      missing[x] = low[x] - shrunk[x];
    }
    nextLow.accept(low);
    enlarge.accept(missing);
  }

  private void correct(double[] correction) {
    double[] high = highs.remove();
    for (int x = 0; x < high.length; x++) {
      high[x] += correction[x];
    }
    nextHigh.accept(high);
  }
}
