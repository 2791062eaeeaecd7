package io.esrgan.image;

import java.util.Arrays;
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
  private final byte[] above; // the row before the first
  private final byte[] rows; // as they are
  private int count; // of rows

  /**
   * Compressed rows.
   *
   * @param bytes in the format of RFC 1951, up to a whole byte
   * @param sum of what they were, RFC 1950's
   * @param count how many bytes that was
   * @param isLast whether nothing follows
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Packed(byte[] bytes, long sum, long count, boolean isLast) {}

  private PngBlock(int step, byte[] above, int most) {
    this.step = step;
    this.length = above.length;
    this.most = most;
    this.above = above;
    this.rows = new byte[most * length];
  }

  /**
   * The first rows of a picture; above them there is nothing.
   *
   * @param bytes that they have at most, but for a single row
   */
  static PngBlock first(Shape shape, int bytes) throws Defect {
    int length = shape.rowBytes();
    int most = Math.min(shape.height(), Math.max(1, bytes / length));
    return new PngBlock(shape.pixelBytes(), new byte[length], most);
  }

  /** The rows that follow these. */
  PngBlock next() {
    return new PngBlock(step, Arrays.copyOfRange(rows, (count - 1) * length, count * length), most);
  }

  /** Bytes of as many rows as there can be. */
  int size() {
    return rows.length;
  }

  boolean isFull() {
    return count == most;
  }

  /** Adds row {@code y} of a piece of the picture. */
  void add(Picture piece, int y) {
    int at = count * length;
    count++;
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
    return new Packed(Deflation.part(filtered, isLast), sum.getValue(), filtered.length, isLast);
  }

  /** Each row behind the number of its filter. */
  private byte[] filtered() {
    byte[] all = new byte[count * (length + 1)];
    byte[][] candidates = new byte[FILTERS][length];
    for (int row = 0; row < count; row++) {
      filter(row == 0 ? above : rows, Math.max(0, row - 1) * length, row * length, candidates);
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

  /**
   * The row at {@code from}, by each filter.
   *
   * @param before what has the row above, at {@code up}
   */
  private void filter(byte[] before, int up, int from, byte[][] candidates) {
    for (int i = 0; i < length; i++) {
      int value = rows[from + i];
      int left = i < step ? 0 : rows[from + i - step] & 0xff;
      int top = before[up + i] & 0xff;
      int corner = i < step ? 0 : before[up + i - step] & 0xff;
      candidates[0][i] = (byte) value;
      candidates[1][i] = (byte) (value - left);
      candidates[2][i] = (byte) (value - top);
      candidates[3][i] = (byte) (value - (left + top) / 2);
      candidates[4][i] = (byte) (value - PngFilter.predict(left, top, corner));
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
