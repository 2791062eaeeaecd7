package io.esrgan.image;

/**
 * One channel as numbers, in whatever range the caller means.
 *
 * @param width in pixels
 * @param height in pixels
 * @param values row by row from the top, width x height of them; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // planes are computed with, never compared
public record Plane(int width, int height, double[] values) {
  public Plane {
    if (width < 1 || height < 1 || (long) width * height != values.length) {
      throw new IllegalArgumentException(
          "%d values given for a plane of %dx%d".formatted(values.length, width, height));
    }
  }
}
