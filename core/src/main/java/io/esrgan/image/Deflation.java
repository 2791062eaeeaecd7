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
  private static final int LEVEL = 4; // half to a third of the time of zlib's 6 for some more bytes
  private static final int PROBES = 4; // places that are tried both ways
  private static final int PROBE = 1 << 10; // bytes
  private static final double WORTH = 0.98; // of the size without a search
  private static final int BUFFER = 1 << 14;

  /** Of equal parts, how far from one to the next so that they spread whatever the row length. */
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  private static final int PARTS_PER_PROCESSOR = 4; // for these are not all as fast
  private static final int MOST_BYTES = 32 << 20; // that wait

  private Deflation() {}

  /** How many parts of so many bytes are best compressed at once. */
  static int atOnce(int bytes) {
    int parts = PARTS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors();
    return Math.max(1, Math.min(parts, MOST_BYTES / bytes));
  }

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
    return deflated(bytes, strategy(bytes), bare, isLast);
  }

  private static int strategy(byte[] bytes) {
    if (bytes.length <= PROBES * PROBE) {
      return Deflater.FILTERED;
    }
    byte[] sample = new byte[PROBES * PROBE];
    double place = 0;
    for (int i = 0; i < PROBES; i++) {
      place = (place + GOLDEN) % 1;
      int from = (int) (place * (bytes.length - PROBE));
      System.arraycopy(bytes, from, sample, i * PROBE, PROBE);
    }
    int searched = deflated(sample, Deflater.FILTERED, true, true).length;
    int counted = deflated(sample, Deflater.HUFFMAN_ONLY, true, true).length;
    return searched < WORTH * counted ? Deflater.FILTERED : Deflater.HUFFMAN_ONLY;
  }

  private static byte[] deflated(byte[] bytes, int strategy, boolean bare, boolean isLast) {
    ByteArrayOutputStream result = new ByteArrayOutputStream(bytes.length / 2 + BUFFER);
    byte[] buffer = new byte[BUFFER];
    Deflater deflater = new Deflater(LEVEL, bare);
    try {
      deflater.setStrategy(strategy);
      deflater.setInput(bytes);
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
