package io.esrgan.image;

import java.util.zip.Adler32;

/**
 * Some rows of a picture as PNG stores them: each through the filter whose differences are smallest
 * in sum, which the standard recommends (section 12.7), then compressed by themselves, so that
 * several blocks can be worked on at once.
 */
final class PngBlock {
  private static final int FILTERS = 5;

  private final int step; // bytes from a sample to the same one of the next pixel
  private final int length; // bytes of a row
  private final int most; // rows
  private final byte[] rows; // as they are, behind the one above them
  private int count; // of rows

  /**
   * Compressed rows.
   *
   * @param bytes in the format of RFC 1951, up to a whole byte
   * @param sum of what they were, RFC 1950's
   * @param count how many bytes that was
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Packed(byte[] bytes, long sum, long count) {}

  private PngBlock(int step, int length, int most) {
    this.step = step;
    this.length = length;
    this.most = most;
    this.rows = new byte[Math.multiplyExact(most + 1, length)];
  }

  /** The first rows of a picture, so many at most; above them there is nothing. */
  static PngBlock first(Shape shape, int most) throws Defect {
    return new PngBlock(shape.pixelBytes(), shape.rowBytes(), most);
  }

  /** The rows that follow these. */
  PngBlock next() {
    PngBlock next = new PngBlock(step, length, most);
    System.arraycopy(rows, count * length, next.rows, 0, length);
    return next;
  }

  boolean isFull() {
    return count == most;
  }

  /** Adds row {@code y} of a piece of the picture. */
  void add(Picture piece, int y) {
    count++;
    int at = count * length;
    int samples = piece.width() * piece.channels().count();
    if (piece.bits() == 8) {
      System.arraycopy(piece.bytes(), y * samples, rows, at, samples);
      return;
    }
    short[] from = piece.shorts();
    for (int i = 0; i < samples; i++) {
      int value = from[y * samples + i];
      rows[at + 2 * i] = (byte) (value >> 8);
      rows[at + 2 * i + 1] = (byte) value;
    }
  }

  /**
   * Filters and compresses.
   *
   * @param isLast whether nothing follows these
   */
  Packed packed(boolean isLast) {
    byte[] filtered = filtered();
    Adler32 sum = new Adler32();
    sum.update(filtered);
    return new Packed(Deflation.part(filtered, isLast), sum.getValue(), filtered.length);
  }

  /** Each row behind the number of its filter. */
  private byte[] filtered() {
    byte[] all = new byte[count * (length + 1)];
    byte[][] candidates = new byte[FILTERS][length];
    for (int row = 0; row < count; row++) {
      filter((row + 1) * length, candidates);
      int best = 0;
      long least = Long.MAX_VALUE;
      for (int type = 0; type < FILTERS; type++) {
        long sum = sum(candidates[type]);
        if (sum < least) {
          least = sum;
          best = type;
        }
      }
      int at = row * (length + 1);
      all[at] = (byte) best;
      System.arraycopy(candidates[best], 0, all, at + 1, length);
    }
    return all;
  }

  /** The row at {@code from}, by each filter. */
  private void filter(int from, byte[][] candidates) {
    for (int i = 0; i < length; i++) {
      int at = from + i;
      int value = rows[at];
      int left = i < step ? 0 : rows[at - step] & 0xff;
      int up = rows[at - length] & 0xff;
      int corner = i < step ? 0 : rows[at - length - step] & 0xff;
      candidates[0][i] = (byte) value;
      candidates[1][i] = (byte) (value - left);
      candidates[2][i] = (byte) (value - up);
      candidates[3][i] = (byte) (value - (left + up) / 2);
      candidates[4][i] = (byte) (value - PngFilter.predict(left, up, corner));
    }
  }

  private static long sum(byte[] candidate) {
    long sum = 0;
    for (byte difference : candidate) {
      sum += Math.abs(difference);
    }
    return sum;
  }
}
