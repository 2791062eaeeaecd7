package io.esrgan.image;

import java.nio.DoubleBuffer;

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

  /**
   * A picture of the given size, each axis scaled by itself, as imresize does when it is given a
   * size.
   */
  public static Picture resize(Picture picture, int width, int height) {
    Samples samples = new Samples(picture, width, height, true);
    RowResizer resizer =
        RowResizer.of(
            picture.width(),
            picture.height(),
            picture.channels().count(),
            width,
            height,
            samples::store);
    return samples.through(resizer);
  }

  /** A plane of ceil(side x {@code scale}) values a side, neither rounded nor clamped. */
  public static Plane resize(Plane plane, double scale) {
    int width = scaled(plane.width(), scale);
    int height = scaled(plane.height(), scale);
    DoubleBuffer values = DoubleBuffer.allocate(Math.multiplyExact(width, height));
    RowResizer resizer =
        new RowResizer(
            new Taps(plane.width(), width, scale, true),
            new Taps(plane.height(), height, scale, true),
            1,
            row -> {},
            values::put);
    double[] row = new double[plane.width()];
    for (int y = 0; y < plane.height(); y++) {
      System.arraycopy(plane.values(), y * row.length, row, 0, row.length);
      resizer.accept(row);
    }
    return new Plane(width, height, values.array());
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
    Samples samples = new Samples(picture, width, height, plain);
    RowResizer resizer =
        new RowResizer(
            new Taps(picture.width(), width, scale, plain),
            new Taps(picture.height(), height, scale, plain),
            picture.channels().count(),
            plain ? row -> {} : samples::round,
            samples::store);
    return samples.through(resizer);
  }
}
