package io.esrgan.report;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A message in the wire format of Protocol Buffers, put together field by field. */
final class Message {
  private static final int VARINT = 0;
  private static final int EIGHT_BYTES = 1;
  private static final int LENGTH_FIRST = 2;
  private static final int FOUR_BYTES = 5;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Message put(int field, long value) {
    varint((long) field << 3 | VARINT);
    varint(value);
    return this;
  }

  Message put(int field, double value) {
    varint((long) field << 3 | EIGHT_BYTES);
    bytes.writeBytes(little(8).putDouble(value).array());
    return this;
  }

  Message put(int field, float value) {
    varint((long) field << 3 | FOUR_BYTES);
    bytes.writeBytes(little(4).putFloat(value).array());
    return this;
  }

  Message put(int field, byte[] value) {
    varint((long) field << 3 | LENGTH_FIRST);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  Message put(int field, String value) {
    return put(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message put(int field, Message value) {
    return put(field, value.bytes());
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /**
   * The fields of a message: the number that a varint holds, the length of what another does.
   *
   * @throws IllegalArgumentException if these bytes are no message
   */
  static Map<Long, Long> fields(byte[] message) {
    Map<Long, Long> fields = new HashMap<>();
    ByteBuffer in = ByteBuffer.wrap(message);
    try {
      while (in.hasRemaining()) {
        long key = varint(in);
        fields.put(key >>> 3, (key & 7) == VARINT ? varint(in) : skip(in, (int) (key & 7)));
      }
      return fields;
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a message ends in the middle of a field", e);
    }
  }

  private static long skip(ByteBuffer in, int kind) {
    long length =
        switch (kind) {
          case EIGHT_BYTES -> 8;
          case LENGTH_FIRST -> varint(in);
          case FOUR_BYTES -> 4;
          default -> throw new IllegalArgumentException("a field of unknown kind " + kind);
        };
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException(
          "a field of %d bytes, where %d are left".formatted(length, in.remaining()));
    }
    in.position(in.position() + (int) length);
    return length;
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 64 bits");
  }

  /** Seven bits a byte, the lowest first; the top bit says that more follow. */
  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
