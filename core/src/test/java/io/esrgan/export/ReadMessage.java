package io.esrgan.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the wire format of Protocol Buffers without knowing what a message is for: whole numbers,
 * fractions and runs of bytes by the number of their field. Written from the format's description,
 * and independent of the writer.
 */
final class ReadMessage {
  private final Map<Integer, List<Object>> fields = new HashMap<>();

  ReadMessage(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      long tag = varint(in);
      fields
          .computeIfAbsent((int) (tag >>> 3), unknown -> new ArrayList<>())
          .add(
              switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 2 -> run(in);
                case 5 -> in.getFloat();
                default -> throw new AssertionError("a field of type " + (tag & 7));
              });
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    int shift = 0;
    byte next;
    do {
      next = in.get();
      value |= (next & 0x7fL) << shift;
      shift += 7;
    } while (next < 0);
    return value;
  }

  private static byte[] run(ByteBuffer in) {
    byte[] bytes = new byte[Math.toIntExact(varint(in))];
    in.get(bytes);
    return bytes;
  }

  private List<Object> all(int field) {
    return fields.getOrDefault(field, List.of());
  }

  private Object one(int field) {
    assertThat(all(field)).as("field %d", field).hasSize(1);
    return all(field).get(0);
  }

  boolean has(int field) {
    return fields.containsKey(field);
  }

  long number(int field) {
    return (Long) one(field);
  }

  List<Long> numbers(int field) {
    return all(field).stream().map(Long.class::cast).toList();
  }

  float fraction(int field) {
    return (Float) one(field);
  }

  byte[] bytes(int field) {
    return (byte[]) one(field);
  }

  String text(int field) {
    return text(one(field));
  }

  List<String> texts(int field) {
    return all(field).stream().map(ReadMessage::text).toList();
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, StandardCharsets.UTF_8);
  }

  ReadMessage message(int field) {
    return new ReadMessage(bytes(field));
  }

  List<ReadMessage> messages(int field) {
    return all(field).stream().map(bytes -> new ReadMessage((byte[]) bytes)).toList();
  }
}
