package io.esrgan.exec;

import io.esrgan.nn.Interval;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A passage in tiles, one above the other: each is computed at once, with rows of its neighbours
 * around it that its result is cut free of.
 */
final class TilePassage implements Passage {
  private final Runner whole;
  private final int width;
  private final int height;
  private final int tileRows; // of its own
  private final int overlap;
  private final Scope keeper = Scope.aside();
  private HeldRows held = HeldRows.NONE;
  private long given;
  private long done; // rows whose result has been given

  TilePassage(Runner whole, int width, int height, int tileRows, int overlap) {
    this.whole = whole;
    this.width = width;
    this.height = height;
    this.tileRows = tileRows;
    this.overlap = overlap;
  }

  @Override
  public Optional<Tensor> advance(Tensor rows) {
    try (Scope scope = Scope.open()) {
      HeldRows all = held.with(given, rows.copy());
      long end = given + rows.size(2);
      long next = done;
      List<Tensor> results = new ArrayList<>();
      for (Interval own = own(next); next < height && seen(own).last() < end; own = own(next)) {
        results.add(tile(all, own));
        next = own.last() + 1;
      }
      Optional<Tensor> result =
          results.isEmpty()
              ? Optional.empty()
              : Optional.of(scope.keep(Tensor.concatenate(2, results)));
      settle(all, end, next); // nothing can fail any more
      return result;
    }
  }

  private Interval own(long first) {
    return new Interval(first, Math.min(height, first + tileRows) - 1);
  }

  private Interval seen(Interval own) {
    return new Interval(
        Math.max(0, own.first() - overlap), Math.min(height - 1, own.last() + overlap));
  }

  private Tensor tile(HeldRows rows, Interval own) {
    Interval seen = seen(own);
    int count = Math.toIntExact(seen.size());
    try (Scope scope = Scope.open();
        Passage passage = whole.over(width, count, count)) {
      Tensor input = rows.view(seen).orElseGet(() -> rows.joined(seen));
      Tensor result = passage.advance(input).orElseThrow();
      long scale = result.size(2) / count;
      return scope.keep(result.slice(2, (own.first() - seen.first()) * scale, own.size() * scale));
    }
  }

  private void settle(HeldRows all, long end, long next) {
    held = all.kept(keeper::take);
    for (HeldRows.Piece piece : held.pieces()) {
      if (piece.end() <= next - overlap) {
        held = held.without(piece.tensor());
        piece.tensor().close();
      }
    }
    given = end;
    done = next;
  }

  @Override
  public void close() {
    keeper.close();
  }
}
