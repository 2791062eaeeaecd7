package io.esrgan.metric;

import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.RowResizer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How well an enlarged picture agrees with the one that it was made of: shrunk to that one's size
 * by {@linkplain io.esrgan.image.Bicubic bicubic, with antialiasing}, and rounded to samples, it
 * would ideally be the same picture again. The measure is PSNR in decibels over all colours, no
 * border cut; infinite where every sample is met. (Lugmayr et al. 2021, NTIRE challenge on the
 * super-resolution space, call it LR-PSNR.)
 *
 * <p>It needs no original, and says nothing of how sharp or natural a picture looks: bicubic
 * enlargement agrees well. What it shows is colours and shapes that the input does not have. Where
 * there is alpha, colours are weighted by it, so that hidden ones do not count, and alpha itself is
 * not measured.
 *
 * <p>Takes both pictures from the top as their rows come, and holds some rows of each. Not for
 * several threads.
 */
public final class Consistency {
  private final int width;
  private final int height;
  private final Channels channels;
  private final int maximum;
  private final RowResizer shrink;
  private final Deque<double[]> low = new ArrayDeque<>(); // whose counterpart has not come yet
  private final double[] highRow;
  private double squares;
  private int compared; // rows

  /**
   * A measure of a picture that was enlarged.
   *
   * @param maximum of its samples: 255 or 65535
   * @param highWidth width of the result, at least that of the picture
   */
  public Consistency(
      int width, int height, Channels channels, int maximum, int highWidth, int highHeight) {
    if (highWidth < width || highHeight < height) {
      throw new IllegalArgumentException(
          "%dx%d pixels are no enlargement of %dx%d %s"
              .formatted(highWidth, highHeight, width, height, channels));
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.maximum = maximum;
    this.shrink =
        RowResizer.of(highWidth, highHeight, channels.count(), width, height, this::compare);
    this.highRow = new double[highWidth * channels.count()];
  }

  /** The measure of two whole pictures; the second has the size of the first or a larger one. */
  public static double of(Picture low, Picture high) {
    Consistency consistency =
        new Consistency(
            low.width(), low.height(), low.channels(), low.maximum(), high.width(), high.height());
    int given = 0;
    for (int y = 0; y < low.height(); y++) {
      consistency.lowRow(low, y);
      int end = (int) ((long) (y + 1) * high.height() / low.height());
      while (given < end) {
        consistency.highRow(high, given++);
      }
    }
    return consistency.decibels();
  }

  /** The next rows of the input: not later than the rows of the result that lie on them. */
  public void low(Picture rows) {
    for (int y = 0; y < rows.height(); y++) {
      lowRow(rows, y);
    }
  }

  /** The next rows of the result. */
  public void high(Picture rows) {
    for (int y = 0; y < rows.height(); y++) {
      highRow(rows, y);
    }
  }

  private void lowRow(Picture rows, int y) {
    requireKind(rows);
    double[] row = new double[width * channels.count()];
    rows.row(y, true, row);
    low.add(row);
  }

  private void highRow(Picture rows, int y) {
    requireKind(rows);
    rows.row(y, true, highRow);
    shrink.accept(highRow);
  }

  private void requireKind(Picture rows) {
    if (rows.channels() != channels || rows.maximum() != maximum) {
      throw new IllegalArgumentException(
          "only pictures of the same kind are compared; %s is not %s with samples up to %d"
              .formatted(rows, channels, maximum));
    }
  }

  private void compare(double[] shrunk) {
    double[] expected = low.remove();
    for (int i = 0; i < shrunk.length; i += channels.count()) {
      for (int c = 0; c < channels.colours(); c++) {
        double difference = rounded(shrunk[i + c]) - rounded(expected[i + c]);
        squares += difference * difference;
      }
    }
    compared++;
  }

  private double rounded(double value) {
    return Math.floor(Math.max(0, Math.min(maximum, value + 0.5)));
  }

  /**
   * The measure, once all rows have come.
   *
   * @throws IllegalStateException if rows are missing
   */
  public double decibels() {
    if (compared < height) {
      throw new IllegalStateException(
          "%d of %d rows can be compared so far".formatted(compared, height));
    }
    return Psnr.decibels(squares / ((double) width * height * channels.colours()), maximum);
  }
}
