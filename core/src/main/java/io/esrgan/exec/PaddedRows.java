package io.esrgan.exec;

import io.esrgan.nn.Interval;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;

/**
 * The rows of one band of a picture, mirrored at the picture's right and lower edge up to a size
 * that the network takes. Rows that were given stay at hand until they are forgotten.
 */
final class PaddedRows implements AutoCloseable {
  private final RowSource source;
  private final int height; // of the picture itself
  private final Plan plan;
  private final Plan.Band band;
  private final int mirrored; // rows that the lower edge may need again
  private final Scope keeper = Scope.aside();
  private HeldRows atHand = HeldRows.NONE;
  private int given;

  PaddedRows(RowSource source, int height, Plan plan, Plan.Band band) {
    this.source = source;
    this.height = height;
    this.plan = plan;
    this.band = band;
    this.mirrored = plan.height() - height + 1;
  }

  /** The next rows, (1, c, count, w) float32 on the CPU; the caller's scope owns them. */
  Tensor next(int count) throws IOException {
    int end = given + count;
    int real = Math.min(end, height) - given;
    if (real > 0) {
      try (Scope scope = Scope.open()) {
        Tensor rows = padRight(source.rows(given, real));
        hold(rows.slice(3, band.seenX(), band.seenWidth()).copy());
      }
    }
    for (int row = Math.max(given, height); row < end; row++) {
      try (Scope scope = Scope.open()) {
        int shown = mirror(row);
        hold(again(new Interval(shown, shown)).copy());
      }
    }
    return again(new Interval(given - count, given - 1));
  }

  private void hold(Tensor rows) {
    atHand = atHand.with(given, keeper.take(rows));
    given += Math.toIntExact(rows.size(2));
  }

  /** Rows that are still at hand; the caller's scope owns them. */
  Tensor again(Interval rows) {
    return atHand.view(rows).orElseGet(() -> atHand.joined(rows));
  }

  /** Lets go of rows before {@code row}. */
  void forget(long row) {
    long needed = Math.min(row, given - mirrored);
    for (HeldRows.Piece piece : atHand.pieces()) {
      if (piece.end() <= needed) {
        atHand = atHand.without(piece.tensor());
        piece.tensor().close();
      }
    }
  }

  // A mirror shows at most one pixel less than there are; a picture of one pixel is repeated
  // instead.

  private Tensor padRight(Tensor rows) {
    while (rows.size(3) < plan.width()) {
      int missing = (int) Math.min(plan.width() - rows.size(3), rows.size(3) - 1);
      rows = missing == 0 ? rows.repeatLast(3) : rows.padReflect(missing, 0);
    }
    return rows;
  }

  /** The row, already there, that a row below the picture shows. */
  private int mirror(int row) {
    int size = height;
    while (true) {
      int shown = Math.min(plan.height() - size, size - 1);
      if (shown == 0 && row == size) {
        return size - 1;
      }
      if (row < size + shown) {
        return 2 * size - 2 - row;
      }
      size += Math.max(1, shown);
    }
  }

  @Override
  public void close() {
    keeper.close();
  }
}
