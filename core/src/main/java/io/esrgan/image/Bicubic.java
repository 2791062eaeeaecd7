package io.esrgan.image;

import java.util.Arrays;

/**
 * Bicubic resizing as MATLAB's imresize does it, which is what makes the low-resolution pictures of
 * super-resolution: the kernel widens when shrinking, in float64, rows first, then columns. Other
 * programs' bicubic (OpenCV, Pillow) is not the same and makes networks fail.
 *
 * <p>The output has ceil(input x scale) pixels a side, metadata come along. Where there is alpha,
 * the plain convention weights colours by it, so that the colour of transparent pixels bleeds into
 * nothing; where the result is fully transparent its colour is 0.
 */
public final class Bicubic {

  /** Two ways of doing the same, which differ by a step of gray here and there. */
  public enum Convention {
    /**
     * The border mirrored (the edge repeated), one rounding at the very end: MATLAB on doubles, and
     * the paper's pictures.
     */
    PLAIN,
    /**
     * The border's edge goes on, and rows are rounded to samples before columns are made: how the
     * usual {@code LRx4} files of Set5, Set14 and BSD100 were made. For checking those: alpha is
     * taken for a channel like any other.
     */
    ROUNDED_BETWEEN
  }

  private Bicubic() {}

  /** A picture of 1/{@code factor} the size, rounded up. */
  public static Picture shrink(Picture picture, int factor) {
    return shrink(picture, factor, Convention.PLAIN);
  }

  /** A picture of 1/{@code factor} the size, rounded up. */
  public static Picture shrink(Picture picture, int factor, Convention convention) {
    checkFactor(factor);
    int width = (picture.width() + factor - 1) / factor;
    int height = (picture.height() + factor - 1) / factor;
    return resize(picture, width, height, 1.0 / factor, convention);
  }

  /** A picture of {@code factor} times the size. */
  public static Picture enlarge(Picture picture, int factor) {
    return enlarge(picture, factor, Convention.PLAIN);
  }

  /** A picture of {@code factor} times the size. */
  public static Picture enlarge(Picture picture, int factor, Convention convention) {
    checkFactor(factor);
    int width = Math.multiplyExact(picture.width(), factor);
    int height = Math.multiplyExact(picture.height(), factor);
    return resize(picture, width, height, factor, convention);
  }

  /** A picture of ceil(side x {@code scale}) pixels a side. */
  public static Picture resize(Picture picture, double scale) {
    return resize(picture, scale, Convention.PLAIN);
  }

  /** A picture of ceil(side x {@code scale}) pixels a side. */
  public static Picture resize(Picture picture, double scale, Convention convention) {
    return resize(
        picture,
        scaled(picture.width(), scale),
        scaled(picture.height(), scale),
        scale,
        convention);
  }

  /** A plane of ceil(side x {@code scale}) values a side, neither rounded nor clamped. */
  public static Plane resize(Plane plane, double scale) {
    int width = scaled(plane.width(), scale);
    int height = scaled(plane.height(), scale);
    Taps columns = Taps.of(plane.width(), width, scale, true);
    Taps rows = Taps.of(plane.height(), height, scale, true);
    double[] values = new double[Math.multiplyExact(width, height)];
    Rows source =
        new Rows(rows.perOutput, plane.width()) {
          @Override
          void load(int y, double[] row) {
            System.arraycopy(plane.values(), y * row.length, row, 0, row.length);
          }
        };
    double[] mixed = new double[plane.width()];
    double[] out = new double[width];
    for (int y = 0; y < height; y++) {
      source.mix(rows, y, mixed);
      mixColumns(columns, mixed, 1, out);
      System.arraycopy(out, 0, values, y * width, width);
    }
    return new Plane(width, height, values);
  }

  private static void checkFactor(int factor) {
    if (factor < 1) {
      throw new IllegalArgumentException("a factor is 1 or more, not " + factor);
    }
  }

  /** What a scale like 1/3 loses in floating point must not add a pixel. */
  private static int scaled(int length, double scale) {
    double exact = length * scale;
    if (!(scale > 0) || exact > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "cannot resize %d pixels by a scale of %s".formatted(length, scale));
    }
    double whole = Math.rint(exact);
    return (int) (Math.abs(exact - whole) < 1e-9 * whole ? whole : Math.ceil(exact));
  }

  private static Picture resize(
      Picture picture, int width, int height, double scale, Convention convention) {
    boolean plain = convention == Convention.PLAIN;
    int channels = picture.channels().count();
    Taps columns = Taps.of(picture.width(), width, scale, plain);
    Taps rows = Taps.of(picture.height(), height, scale, plain);
    Samples samples = new Samples(picture, width, height, plain);
    Rows source =
        new Rows(rows.perOutput, picture.width() * channels) {
          @Override
          void load(int y, double[] row) {
            samples.load(y, row);
          }
        };
    double[] mixed = new double[picture.width() * channels];
    double[] out = new double[width * channels];
    for (int y = 0; y < height; y++) {
      source.mix(rows, y, mixed);
      if (!plain) {
        samples.round(mixed);
      }
      mixColumns(columns, mixed, channels, out);
      samples.store(out, y);
    }
    return samples.resized();
  }

  private static void mixColumns(Taps taps, double[] row, int channels, double[] out) {
    int per = taps.perOutput;
    for (int x = 0, to = 0; x < taps.outputs(); x++) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = x * per; k < (x + 1) * per; k++) {
          sum += taps.weight[k] * row[taps.index[k] * channels + c];
        }
        out[to++] = sum;
      }
    }
  }

  /** The rows of the input as numbers: as many at a time as one output row is made of. */
  private abstract static class Rows {
    private final double[][] held;
    private final int[] number; // which row each of them is

    Rows(int count, int length) {
      held = new double[count][length];
      number = new int[count];
      Arrays.fill(number, -1);
    }

    abstract void load(int y, double[] row);

    /** Makes output row {@code y}. */
    void mix(Taps taps, int y, double[] out) {
      Arrays.fill(out, 0);
      for (int k = y * taps.perOutput; k < (y + 1) * taps.perOutput; k++) {
        double weight = taps.weight[k];
        double[] row = row(taps.index[k]);
        for (int i = 0; i < out.length; i++) {
          out[i] += weight * row[i];
        }
      }
    }

    private double[] row(int y) {
      int place = y % held.length;
      if (number[place] != y) {
        load(y, held[place]);
        number[place] = y;
      }
      return held[place];
    }
  }
}
