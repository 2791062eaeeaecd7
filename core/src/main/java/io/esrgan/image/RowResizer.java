package io.esrgan.image;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Bicubic resizing of rows as they come: {@link Bicubic}'s plain convention, to the last bit, for
 * pictures that are larger than memory.
 *
 * <p>Rows are given from the top, and every row of the result is handed on as soon as the last row
 * that it is made of has come; with the last row of the input the result is whole. Values are
 * neither rounded nor clamped. Holds the rows that one row of the result is made of: about 4 when
 * enlarging, 4 / scale when shrinking. Not for several threads.
 */
public final class RowResizer {
  private final Taps rows;
  private final Columns columns;
  private final Consumer<double[]> between;
  private final Consumer<double[]> result;
  private final double[][] held; // input row y at y modulo their number
  private final int[] index; // of the output row that comes next, as weight
  private final double[] weight;
  private final double[] mixed;
  private final double[] out;
  private int count; // of index and weight
  private int last; // input row that the next output row waits for
  private int taken;
  private int made;

  /**
   * A resizer of a picture of the given size.
   *
   * @param channels values a pixel
   * @param newWidth width of the result, each axis being scaled by itself as imresize does when it
   *     is given a size
   * @param result gets the rows of the result from the top, in an array that is used again
   */
  public static RowResizer of(
      int width, int height, int channels, int newWidth, int newHeight, Consumer<double[]> result) {
    requireSides(width, height);
    requireSides(newWidth, newHeight);
    return new RowResizer(
        new Taps(width, newWidth, (double) newWidth / width, true),
        new Taps(height, newHeight, (double) newHeight / height, true),
        channels,
        row -> {},
        result);
  }

  private static void requireSides(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture of %dx%d pixels has no area".formatted(width, height));
    }
  }

  /**
   * @param between may change rows that are mixed of rows, before their columns are
   */
  RowResizer(
      Taps columns,
      Taps rows,
      int channels,
      Consumer<double[]> between,
      Consumer<double[]> result) {
    this.rows = rows;
    this.columns = new Columns(columns, channels);
    this.between = between;
    this.result = result;
    this.index = new int[rows.most()];
    this.weight = new double[rows.most()];
    this.held = new double[depth()][columns.inputs() * channels];
    this.mixed = new double[columns.inputs() * channels];
    this.out = new double[columns.outputs() * channels];
    prepare(0);
  }

  /** How many input rows, from the newest, have to be there when an output row is made. */
  private int depth() {
    int depth = 1;
    for (int y = 0; y < rows.outputs(); y++) {
      prepare(y);
      for (int k = 0; k < count; k++) {
        depth = Math.max(depth, last - index[k] + 1);
      }
    }
    last = 0;
    return depth;
  }

  private void prepare(int y) {
    count = rows.of(y, index, weight, 0);
    for (int k = 0; k < count; k++) {
      last = Math.max(last, index[k]);
    }
  }

  /**
   * Takes the next row of the input.
   *
   * @param row width x channels values, pixel by pixel; copied
   * @throws IllegalStateException if all rows have come
   */
  public void accept(double[] row) {
    if (taken == rows.inputs()) {
      throw new IllegalStateException("all %d rows have come".formatted(taken));
    }
    if (row.length != mixed.length) {
      throw new IllegalArgumentException(
          "a row has %d values, not %d".formatted(mixed.length, row.length));
    }
    System.arraycopy(row, 0, held[taken % held.length], 0, row.length);
    taken++;
    while (made < rows.outputs() && last < taken) {
      mix();
      between.accept(mixed);
      columns.mix(mixed, out);
      made++;
      if (made < rows.outputs()) {
        prepare(made);
      }
      result.accept(out);
    }
  }

  private void mix() {
    Arrays.fill(mixed, 0);
    for (int k = 0; k < count; k++) {
      double share = weight[k];
      double[] row = held[index[k] % held.length];
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += share * row[i];
      }
    }
  }

  /** The columns' weights, which are the same for every row. */
  private static final class Columns {
    private final int channels;
    private final int[] end; // of each output's entries
    private final int[] index;
    private final double[] weight;

    Columns(Taps taps, int channels) {
      this.channels = channels;
      this.end = new int[taps.outputs()];
      int[] indices = new int[Math.multiplyExact(taps.outputs(), taps.most())];
      double[] weights = new double[indices.length];
      int filled = 0;
      for (int x = 0; x < end.length; x++) {
        filled += taps.of(x, indices, weights, filled);
        end[x] = filled;
      }
      this.index = Arrays.copyOf(indices, filled);
      this.weight = Arrays.copyOf(weights, filled);
    }

    void mix(double[] row, double[] out) {
      int to = 0;
      int start = 0;
      for (int stop : end) {
        for (int c = 0; c < channels; c++) {
          double sum = 0;
          for (int k = start; k < stop; k++) {
            sum += weight[k] * row[index[k] * channels + c];
          }
          out[to++] = sum;
        }
        start = stop;
      }
    }
  }
}
