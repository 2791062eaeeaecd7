package io.esrgan.exec;

import io.esrgan.nn.Interval;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Consecutive rows of one feature map, in one piece or several. Immutable, but for the numbers. */
final class HeldRows {
  static final HeldRows NONE = new HeldRows(List.of());

  /**
   * Rows that lie together.
   *
   * @param first their first
   * @param tensor (1, c, r, w)
   * @param kept whether they are from an earlier advance: then they are neither changed nor freed
   *     in this one
   */
  record Piece(long first, Tensor tensor, boolean kept) {
    long end() {
      return first + tensor.size(2);
    }
  }

  private final List<Piece> pieces;

  private HeldRows(List<Piece> pieces) {
    this.pieces = pieces;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** These and the rows that follow them. */
  HeldRows with(long first, Tensor tensor) {
    List<Piece> all = new ArrayList<>(pieces);
    all.add(new Piece(first, tensor, false));
    return new HeldRows(all);
  }

  /** These, but for a piece that is all in {@code tensor}. */
  HeldRows without(Tensor tensor) {
    return new HeldRows(pieces.stream().filter(p -> p.tensor() != tensor).toList());
  }

  /** These, all kept, after {@code keep} was done to those that were not. */
  HeldRows kept(UnaryOperator<Tensor> keep) {
    return new HeldRows(
        pieces.stream()
            .map(p -> p.kept() ? p : new Piece(p.first(), keep.apply(p.tensor()), true))
            .toList());
  }

  /** The piece that has these rows and no others. */
  Optional<Piece> piece(Interval rows) {
    return pieces.stream()
        .filter(p -> p.first() == rows.first() && p.end() == rows.last() + 1)
        .findFirst();
  }

  /** A view of these rows, if they lie together. */
  Optional<Tensor> view(Interval rows) {
    return pieces.stream()
        .filter(p -> p.first() <= rows.first() && p.end() > rows.last())
        .findFirst()
        .map(p -> p.tensor().slice(2, rows.first() - p.first(), rows.size()));
  }

  /** A copy of these rows. */
  Tensor joined(Interval rows) {
    Tensor any = pieces.get(0).tensor();
    Tensor joined =
        Tensor.unfilled(any.precision(), any.device(), 1, any.size(1), rows.size(), any.size(3));
    try (Scope scope = Scope.open()) {
      copy(rows, joined);
    }
    return joined;
  }

  /** Copies rows to where {@code target} has them. */
  void copy(Interval rows, Tensor target) {
    for (Piece piece : pieces) {
      long first = Math.max(rows.first(), piece.first());
      long end = Math.min(rows.last() + 1, piece.end());
      if (first < end) {
        target
            .slice(2, first - rows.first(), end - first)
            .assign(piece.tensor().slice(2, first - piece.first(), end - first));
      }
    }
  }

  /**
   * Only the rows from {@code needed} on. Memory that was new is freed, but for the rows that are
   * needed; they are copied into memory of their own if {@code borrowed} or if others lie beside
   * them.
   */
  HeldRows from(long needed, boolean borrowed) {
    List<Piece> rest = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      if (piece.kept() || (piece.first() >= needed && !borrowed)) {
        if (piece.end() > needed) {
          rest.add(piece);
        }
        continue;
      }
      long first = Math.max(piece.first(), needed);
      if (first < piece.end()) {
        try (Tensor part = piece.tensor().slice(2, first - piece.first(), piece.end() - first)) {
          rest.add(new Piece(first, part.copy(), false));
        }
      }
      piece.tensor().close();
    }
    return new HeldRows(rest);
  }
}
