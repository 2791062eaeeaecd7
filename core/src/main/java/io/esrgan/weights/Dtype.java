package io.esrgan.weights;

/** How a number is stored: the names are those of the safetensors format. */
public enum Dtype {
  F64(8, true),
  F32(4, true),
  F16(2, true),
  BF16(2, true),
  I64(8, false),
  I32(4, false),
  I16(2, false),
  I8(1, false),
  U8(1, false),
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  Dtype(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes a number: 1 to 8. */
  public int bytes() {
    return bytes;
  }

  /** Whether this holds fractions; the others hold whole numbers or truth. */
  public boolean floating() {
    return floating;
  }
}
