package io.esrgan.weights;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle, and the memory that it may still take: whatever is read is paid for before
 * it is allocated.
 */
final class PickleInput {
  private static final int LONGEST_NUMBER = 64; // bytes; torch's magic number has 10
  private static final int TEXT_COST = 4; // bytes of memory for a byte of text

  private final Source source;
  private final ByteBuffer in;
  private long spent;

  PickleInput(Source source, ByteBuffer in) {
    this.source = source;
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Bytes of memory paid for so far. */
  long spent() {
    return spent;
  }

  private void need(long bytes) throws WeightsException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw broken(
          "%s bytes announced where %d are left; it is damaged or cut off, so fetch it again"
              .formatted(Long.toUnsignedString(bytes), in.remaining()));
    }
  }

  int unsignedByte() throws WeightsException {
    need(Byte.BYTES);
    return in.get() & 0xff;
  }

  int unsignedShort() throws WeightsException {
    need(Short.BYTES);
    return in.getShort() & 0xffff;
  }

  int signedInt() throws WeightsException {
    need(Integer.BYTES);
    return in.getInt();
  }

  long unsignedInt() throws WeightsException {
    return Integer.toUnsignedLong(signedInt());
  }

  long signedLong() throws WeightsException {
    need(Long.BYTES);
    return in.getLong();
  }

  /** A whole number, as {@link Long} where it fits and {@link BigInteger} else. */
  Object number(int length) throws WeightsException {
    if (length < 0 || length > LONGEST_NUMBER) {
      throw broken("a number of " + Integer.toUnsignedString(length) + " bytes");
    }
    need(length);
    byte[] bigEndian = new byte[length + 1]; // one more, for a number of no bytes is zero
    bigEndian[0] = (byte) (length > 0 && in.get(in.position() + length - 1) < 0 ? -1 : 0);
    for (int i = length; i > 0; i--) {
      bigEndian[i] = in.get();
    }
    spend((long) length * TEXT_COST);
    BigInteger number = new BigInteger(bigEndian);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  String text(long length, Charset charset) throws WeightsException {
    need(length);
    spend(length * TEXT_COST);
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, charset);
  }

  /** Steps over bytes that are of no use. */
  Opaque skip(long length) throws WeightsException {
    need(length);
    in.position(in.position() + (int) length);
    return Opaque.BYTES;
  }

  /** The text up to the end of the line. */
  String line() throws WeightsException {
    for (int end = in.position(); end < in.limit(); end++) {
      if (in.get(end) == '\n') {
        String line = text(end - in.position(), StandardCharsets.UTF_8);
        in.get();
        return line;
      }
    }
    throw broken("a name that never ends");
  }

  /** The frames of protocol 4 are of no use where everything is in memory, but may not lie. */
  void checkFrame() throws WeightsException {
    long length = signedLong();
    if (length < 0 || length > in.remaining()) {
      throw broken(
          "a frame of %s bytes where %d are left"
              .formatted(Long.toUnsignedString(length), in.remaining()));
    }
  }

  /** Pays for memory. */
  void spend(long bytes) throws WeightsException {
    spent += bytes;
    if (spent > Limits.PICKLE) {
      throw source.fail(
          "its pickle would take more than %d MB; weights need far less, so save"
                  .formatted(Limits.PICKLE >> 20)
              + " model.state_dict() alone");
    }
  }

  /** An error about this pickle. */
  WeightsException broken(String found) {
    return source.fail("its pickle holds %s (at byte %d)".formatted(found, in.position()));
  }
}
