package io.esrgan.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the wire format of Protocol Buffers, its fields in the order in which they were
 * added.
 *
 * <p>How long it is, is known before anything is written; so a message within another is written
 * straight to its place, and long contents need not exist before their turn.
 */
final class Message {
  /** Bytes that are made when they are written. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final List<Content> parts = new ArrayList<>();
  private long size;

  /** A whole number or a choice of an enumeration. */
  Message number(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  Message fraction(int field, float value) {
    tag(field, FIXED_32);
    add(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  Message text(int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return bytes(field, bytes.length, out -> out.write(bytes));
  }

  /** Another message, which must be complete. */
  Message message(int field, Message value) {
    return bytes(field, value.size, value::writeTo);
  }

  /** Bytes, of which {@code content} writes exactly {@code length}. */
  Message bytes(int field, long length, Content content) {
    tag(field, LENGTH_DELIMITED);
    varint(length);
    parts.add(content);
    size += length;
    return this;
  }

  /** The bytes that will be written. */
  long size() {
    return size;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Content part : parts) {
      part.writeTo(out);
    }
  }

  private void tag(int field, int type) {
    varint((long) field << 3 | type);
  }

  /** Seven bits a byte, the lowest first; negative numbers take ten bytes. */
  private void varint(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    add(bytes.toByteArray());
  }

  private void add(byte[] bytes) {
    parts.add(out -> out.write(bytes));
    size += bytes.length;
  }
}
