package io.esrgan.weights;

/** IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits. Java has it from version 20 on. */
final class Half {
  private static final int SMALLEST_NORMAL = 0x38800000; // 2^-14 as float bits
  private static final int OVERFLOW = 0x477ff000; // 65520, half-way from the largest to infinity
  private static final int INFINITY = 0x7f800000;

  private Half() {}

  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) { // zero or subnormal: fraction * 2^-24
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 112; // 127 - 15
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }

  /** The nearest, of two equally near the even one; what is too large becomes infinite. */
  static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > INFINITY) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= OVERFLOW) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < SMALLEST_NORMAL) {
      return (short) (sign | (int) Math.rint(Math.abs((double) value) * 0x1p24));
    }
    int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
    return (short) (sign | (rounded - (112 << 23)) >>> 13);
  }
}
