package io.esrgan.weights;

/** Arithmetic on shapes that a file announces, where nothing may overflow. */
final class Shapes {
  private Shapes() {}

  /**
   * The bytes that a weight of this shape takes, or -1 if an extent is negative or the bytes are
   * not below 2^63.
   */
  static long bytes(Dtype dtype, long... shape) {
    boolean empty = false;
    for (long extent : shape) {
      if (extent < 0) {
        return -1;
      }
      empty |= extent == 0;
    }
    long bytes = empty ? 0 : dtype.bytes();
    for (long extent : shape) {
      if (!empty && bytes > Long.MAX_VALUE / extent) {
        return -1;
      }
      bytes *= extent;
    }
    return bytes;
  }
}
