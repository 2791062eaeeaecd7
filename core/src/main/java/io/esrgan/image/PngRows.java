package io.esrgan.image;

/**
 * The rows of a picture as PNG stores them, each through the filter whose differences are smallest
 * in sum, which the standard recommends (section 12.7).
 */
final class PngRows {
  private static final int FILTERS = 5;

  private final int step; // bytes from a sample to the same one of the next pixel
  private byte[] above;
  private byte[] row;
  private final byte[][] candidates; // the filter's number, then the filtered row

  PngRows(Shape shape) throws Defect {
    this.step = shape.pixelBytes();
    int length = shape.rowBytes();
    this.above = new byte[length];
    this.row = new byte[length];
    this.candidates = new byte[FILTERS][length + 1];
    for (int type = 0; type < FILTERS; type++) {
      candidates[type][0] = (byte) type;
    }
  }

  /**
   * Row {@code y} of the next piece of the picture, to be asked for in order. The array that is
   * returned is used again.
   */
  byte[] filtered(Picture piece, int y) {
    byte[] spare = above;
    above = row;
    row = spare;
    load(piece, y);
    filter();
    byte[] best = null;
    long least = Long.MAX_VALUE;
    for (byte[] candidate : candidates) {
      long sum = sum(candidate);
      if (sum < least) {
        least = sum;
        best = candidate;
      }
    }
    return best;
  }

  private void load(Picture piece, int y) {
    int samples = piece.width() * piece.channels().count();
    if (piece.bits() == 8) {
      System.arraycopy(piece.bytes(), y * samples, row, 0, samples);
      return;
    }
    short[] from = piece.shorts();
    for (int i = 0; i < samples; i++) {
      int value = from[y * samples + i];
      row[2 * i] = (byte) (value >> 8);
      row[2 * i + 1] = (byte) value;
    }
  }

  private void filter() {
    for (int i = 0; i < row.length; i++) {
      int value = row[i];
      int left = i < step ? 0 : row[i - step] & 0xff;
      int up = above[i] & 0xff;
      int corner = i < step ? 0 : above[i - step] & 0xff;
      candidates[0][i + 1] = (byte) value;
      candidates[1][i + 1] = (byte) (value - left);
      candidates[2][i + 1] = (byte) (value - up);
      candidates[3][i + 1] = (byte) (value - (left + up) / 2);
      candidates[4][i + 1] = (byte) (value - PngFilter.predict(left, up, corner));
    }
  }

  private static long sum(byte[] candidate) {
    long sum = 0;
    for (int i = 1; i < candidate.length; i++) {
      sum += Math.abs(candidate[i]);
    }
    return sum;
  }
}
