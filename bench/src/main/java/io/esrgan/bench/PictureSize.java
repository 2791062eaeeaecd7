package io.esrgan.bench;

/** Pixels of a picture. */
record PictureSize(int width, int height) {

  PictureSize {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture has 1 pixel or more to each side, not %dx%d".formatted(width, height));
    }
  }

  long pixels() {
    return (long) width * height;
  }

  /** Of a tensor that holds the picture in RGB. */
  long[] shape() {
    return new long[] {1, 3, height, width};
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
