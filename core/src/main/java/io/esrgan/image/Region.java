package io.esrgan.image;

/** A rectangle of a picture's pixels, counted from its upper left corner. */
public record Region(int x, int y, int width, int height) {
  public Region {
    if (x < 0 || y < 0 || width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a rectangle of %dx%d pixels at %d,%d is none".formatted(width, height, x, y));
    }
  }

  /** Whether all of it lies within the picture. */
  public boolean liesIn(Picture picture) {
    return width <= picture.width() - x && height <= picture.height() - y;
  }

  /** A copy of that part of the picture, within which it must lie. */
  public Picture of(Picture picture) {
    return picture.crop(x, y, width, height);
  }
}
