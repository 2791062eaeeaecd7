package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Undoes the row filters of PNG (section 9): each row is stored as differences to its neighbours.
 */
final class PngFilter {
  private final int step; // bytes from a sample to the same one of the next pixel
  private byte[] above;
  private byte[] row;

  PngFilter(int rowBytes, int step) {
    this.step = step;
    this.above = new byte[rowBytes];
    this.row = new byte[rowBytes];
  }

  /** Reads one row. The array that is returned is used again for the row after the next. */
  byte[] next(InputStream in) throws IOException {
    byte[] spare = above;
    above = row;
    row = spare;
    int type = in.read();
    if (type < 0 || in.readNBytes(row, 0, row.length) < row.length) {
      throw new EOFException();
    }
    switch (type) {
      case 0 -> {}
      case 1 -> left();
      case 2 -> up();
      case 3 -> average();
      case 4 -> paeth();
      default -> throw Defect.damaged("row filter " + type + " does not exist");
    }
    return row;
  }

  private void left() {
    for (int i = step; i < row.length; i++) {
      row[i] += row[i - step];
    }
  }

  private void up() {
    for (int i = 0; i < row.length; i++) {
      row[i] += above[i];
    }
  }

  private void average() {
    for (int i = 0; i < Math.min(step, row.length); i++) {
      row[i] += (byte) ((above[i] & 0xff) >> 1);
    }
    for (int i = step; i < row.length; i++) {
      row[i] += (byte) (((row[i - step] & 0xff) + (above[i] & 0xff)) >> 1);
    }
  }

  private void paeth() {
    for (int i = 0; i < Math.min(step, row.length); i++) {
      row[i] += above[i];
    }
    for (int i = step; i < row.length; i++) {
      row[i] += (byte) predict(row[i - step] & 0xff, above[i] & 0xff, above[i - step] & 0xff);
    }
  }

  /** Paeth's predictor: of left, above and above left, what is nearest to left + above - corner. */
  static int predict(int left, int above, int corner) {
    int toLeft = Math.abs(above - corner);
    int toAbove = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    if (toLeft <= toAbove && toLeft <= toCorner) {
      return left;
    }
    return toAbove <= toCorner ? above : corner;
  }
}
