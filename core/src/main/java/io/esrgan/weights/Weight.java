package io.esrgan.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An array of numbers with a shape, as a weight file holds it: contiguous, the last axis fastest,
 * little-endian. Immutable.
 *
 * <p>A weight that was read from a file is a window on the file's bytes, not a copy: as long as one
 * weight is in use, the whole file stays in memory.
 */
public final class Weight {
  private final Dtype dtype;
  private final long[] shape;
  private final ByteBuffer bytes; // read-only, little-endian, position 0

  private Weight(Dtype dtype, long[] shape, ByteBuffer bytes) {
    this.dtype = dtype;
    this.shape = shape;
    this.bytes = bytes;
  }

  /** The numbers as F32, copied; a shape of no axes is a single number. */
  public static Weight of(float[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return over(Dtype.F32, bytes, shape);
  }

  /** The numbers as I64, copied; a shape of no axes is a single number. */
  public static Weight of(long[] values, long... shape) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Long.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(values);
    return over(Dtype.I64, bytes, shape);
  }

  /** The remaining little-endian bytes, copied, as numbers of that type. */
  public static Weight of(Dtype dtype, ByteBuffer bytes, long... shape) {
    return over(dtype, ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip(), shape);
  }

  /** A window on {@code bytes}, which nobody may write to any more. */
  static Weight over(Dtype dtype, ByteBuffer bytes, long... shape) {
    Objects.requireNonNull(dtype, "dtype");
    long expected = Shapes.bytes(dtype, shape);
    if (expected < 0) {
      throw new IllegalArgumentException(
          "a shape of " + text(shape) + " has a negative extent or is too large");
    }
    if (bytes.remaining() != expected) {
      throw new IllegalArgumentException(
          "%d bytes given, but %s of shape %s needs %d"
              .formatted(bytes.remaining(), dtype, text(shape), expected));
    }
    ByteBuffer window = bytes.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return new Weight(dtype, shape.clone(), window);
  }

  public Dtype dtype() {
    return dtype;
  }

  /** The extents of the axes, outermost first, copied; empty for a single number. */
  public long[] shape() {
    return shape.clone();
  }

  /** How many axes the shape has. */
  public int rank() {
    return shape.length;
  }

  /** The extent of one axis. */
  public long extent(int axis) {
    return shape[Objects.checkIndex(axis, shape.length)];
  }

  /** Whether the shape is exactly this one. */
  public boolean hasShape(long... other) {
    return Arrays.equals(shape, other);
  }

  /** How many numbers there are. */
  public int size() {
    return bytes.limit() / dtype.bytes();
  }

  /** The bytes, little-endian and read-only; each call gives a buffer of its own. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The numbers as 32-bit floats: F32, F16 and BF16 exactly, F64 rounded to the nearest.
   *
   * @throws IllegalStateException if this holds whole numbers
   */
  public float[] floats() {
    float[] values = new float[size()];
    ByteBuffer from = bytes();
    switch (dtype) {
      case F32 -> from.asFloatBuffer().get(values);
      case F64 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) from.getDouble();
        }
      }
      case BF16 -> {
        short[] bits = shorts();
        for (int i = 0; i < bits.length; i++) {
          values[i] = Float.intBitsToFloat(bits[i] << 16);
        }
      }
      case F16 -> {
        short[] bits = shorts();
        for (int i = 0; i < bits.length; i++) {
          values[i] = Half.toFloat(bits[i]);
        }
      }
      case I64, I32, I16, I8, U8, BOOL ->
          throw new IllegalStateException(this + " holds whole numbers, not floats");
    }
    return values;
  }

  /** Whether no number is infinite or NaN; whole numbers never are. */
  public boolean isFinite() {
    return switch (dtype) {
      case F16 -> isFinite(0x7c00);
      case BF16 -> isFinite(0x7f80);
      case F64, F32 -> areFinite(floats());
      case I64, I32, I16, I8, U8, BOOL -> true;
    };
  }

  /** Of numbers of 16 bits: whether none has all bits of the exponent. */
  private boolean isFinite(int exponent) {
    for (short bits : shorts()) {
      if ((bits & exponent) == exponent) {
        return false;
      }
    }
    return true;
  }

  private static boolean areFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private short[] shorts() {
    short[] bits = new short[size()];
    bytes().asShortBuffer().get(bits);
    return bits;
  }

  /**
   * The numbers as 64-bit floats, all of them exactly.
   *
   * @throws IllegalStateException if this holds whole numbers
   */
  public double[] doubles() {
    double[] values = new double[size()];
    if (dtype == Dtype.F64) {
      bytes().asDoubleBuffer().get(values);
    } else {
      float[] floats = floats();
      for (int i = 0; i < values.length; i++) {
        values[i] = floats[i];
      }
    }
    return values;
  }

  /**
   * The numbers as 64-bit integers; truth is 0 or 1.
   *
   * @throws IllegalStateException if this holds fractions
   */
  public long[] longs() {
    long[] values = new long[size()];
    ByteBuffer from = bytes();
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (dtype) {
            case I64 -> from.getLong();
            case I32 -> from.getInt();
            case I16 -> from.getShort();
            case I8 -> from.get();
            case U8 -> from.get() & 0xff;
            case BOOL -> from.get() != 0 ? 1 : 0;
            case F64, F32, F16, BF16 ->
                throw new IllegalStateException(this + " holds fractions, not whole numbers");
          };
    }
    return values;
  }

  /**
   * The same numbers stored another way, each rounded to the nearest, of two equally near to the
   * even one.
   *
   * @param other F32, F16 or BF16
   * @throws IllegalArgumentException if {@code other} is none of these
   * @throws IllegalStateException if this holds whole numbers
   */
  public Weight in(Dtype other) {
    if (other == dtype) {
      return this;
    }
    float[] values = floats();
    ByteBuffer to =
        ByteBuffer.allocate(Math.multiplyExact(values.length, other.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (other) {
        case F32 -> to.putFloat(value);
        case F16 -> to.putShort(Half.of(value));
        case BF16 -> to.putShort(toBfloat16(value));
        case F64, I64, I32, I16, I8, U8, BOOL ->
            throw new IllegalArgumentException("weights are not written as " + other);
      }
    }
    return of(other, to.flip(), shape);
  }

  private static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    return Float.isNaN(value)
        ? (short) 0x7fc0
        : (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weight weight
        && dtype == weight.dtype
        && Arrays.equals(shape, weight.shape)
        && bytes.equals(weight.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(dtype, Arrays.hashCode(shape), bytes);
  }

  @Override
  public String toString() {
    return dtype + " " + text(shape);
  }

  /** A shape in words: {@code 64x3x3x3}, or {@code scalar}. */
  static String text(long... shape) {
    return shape.length == 0
        ? "scalar"
        : LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
