package io.esrgan.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;

/** The number format that a tensor's elements have. */
public enum Precision {
  FLOAT32(ScalarType.Float, 4),
  /** Eight bits of exponent as in float32, eight of significand. */
  BFLOAT16(ScalarType.BFloat16, 2);

  final ScalarType scalarType;
  private final int bytes;

  Precision(ScalarType scalarType, int bytes) {
    this.scalarType = scalarType;
    this.bytes = bytes;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }

  /** The name that options and reports use: {@code float32}, {@code bfloat16}. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  static Precision of(ScalarType type) {
    for (Precision precision : values()) {
      if (precision.scalarType == type.intern()) {
        return precision;
      }
    }
    throw new IllegalStateException("no precision for a tensor of " + type.intern());
  }
}
