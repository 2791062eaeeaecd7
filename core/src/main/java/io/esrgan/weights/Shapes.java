package io.esrgan.weights;

/** Arithmetic on shapes that a file announces, where nothing may overflow. */
final class Shapes {
  private Shapes() {}

  /** The bytes that a weight of this shape takes, or -1 if they are not below 2^63. */
  static long bytes(Dtype dtype, long... shape) {
    boolean empty = false;
    for (long extent : shape) {
      empty |= extent == 0;
    }
    if (empty) {
      return 0;
    }
    long bytes = dtype.bytes();
    for (long extent : shape) {
      if (extent < 0 || bytes > Long.MAX_VALUE / extent) {
        return -1;
      }
      bytes *= extent;
    }
    return bytes;
  }
}
