package io.esrgan.image;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;

/**
 * Compresses what is left of samples when their neighbours are taken off.
 *
 * <p>In photographs that is hardly ever the same twice, so that zlib's search for repetitions takes
 * three times as long as all else and makes the result no smaller. It is left out where a sample of
 * the bytes says so.
 */
final class Deflation {
  private static final int LEVEL = 4; // half the time of zlib's usual 6 for 1.5% more bytes
  private static final int SAMPLE = 1 << 13; // bytes that are tried both ways
  private static final double WORTH = 0.98; // of the size without a search
  private static final int BUFFER = 1 << 14;

  private Deflation() {}

  /** All of something, in zlib's format (RFC 1950). */
  static byte[] whole(byte[] bytes) {
    return deflated(bytes, false, true);
  }

  /**
   * A part of something, up to a whole byte, without header and checksum (RFC 1951).
   *
   * @param isLast whether nothing follows
   */
  static byte[] part(byte[] bytes, boolean isLast) {
    return deflated(bytes, true, isLast);
  }

  private static byte[] deflated(byte[] bytes, boolean bare, boolean isLast) {
    int count = Math.min(bytes.length, SAMPLE);
    int from = (bytes.length - count) / 2;
    int searched = deflated(bytes, from, count, Deflater.FILTERED, true, true).length;
    int counted = deflated(bytes, from, count, Deflater.HUFFMAN_ONLY, true, true).length;
    int strategy = searched < WORTH * counted ? Deflater.FILTERED : Deflater.HUFFMAN_ONLY;
    return deflated(bytes, 0, bytes.length, strategy, bare, isLast);
  }

  private static byte[] deflated(
      byte[] bytes, int from, int count, int strategy, boolean bare, boolean isLast) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(count / 2 + BUFFER);
    byte[] buffer = new byte[BUFFER];
    Deflater deflater = new Deflater(LEVEL, bare);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(bytes, from, count);
      while (!deflater.needsInput()) {
        result.write(buffer, 0, deflater.deflate(buffer));
      }
      if (isLast) {
        deflater.finish();
        while (!deflater.finished()) {
          result.write(buffer, 0, deflater.deflate(buffer));
        }
      } else {
        int given;
        do {
          given = deflater.deflate(buffer, 0, BUFFER, Deflater.SYNC_FLUSH);
          result.write(buffer, 0, given);
        } while (given == BUFFER);
      }
    } finally {
      deflater.end();
    }
    return result.toByteArray();
  }
}
