package io.esrgan.data;

/**
 * One of the eight ways to lay a square on itself: mirrored left to right, then top to bottom, then
 * transposed, each or not.
 */
record Orientation(boolean mirrored, boolean upsideDown, boolean transposed) {
  private static final float[] UNIT = new float[256]; // an 8-bit sample over 255

  static {
    for (int sample = 0; sample < 256; sample++) {
      UNIT[sample] = sample / 255f;
    }
  }

  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** The orientation of a number from 0 (upright) to 7. */
  static Orientation of(int number) {
    return new Orientation((number & 1) != 0, (number & 2) != 0, (number & 4) != 0);
  }

  /**
   * Cuts a square out of interleaved samples into planes of values in [0, 1], laid in this
   * orientation.
   *
   * @param source interleaved 8-bit samples, {@code width} pixels a row
   * @param x left edge of the square
   * @param y top edge of the square
   * @param size side of the square
   * @param target where the planes go, {@code channels} x size x size values from {@code offset}
   */
  void cut(
      byte[] source, int width, int channels, int x, int y, int size, float[] target, int offset) {
    int right = mirrored ? -channels : channels; // one pixel on, seen from the mirrored square
    int down = (upsideDown ? -width : width) * channels;
    int corner =
        ((upsideDown ? y + size - 1 : y) * width + (mirrored ? x + size - 1 : x)) * channels;
    int column = transposed ? down : right;
    int row = transposed ? right : down;
    int at = offset;
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < size; i++) {
        int from = corner + c + i * row;
        for (int j = 0; j < size; j++) {
          target[at++] = UNIT[source[from] & 0xff];
          from += column;
        }
      }
    }
  }
}
