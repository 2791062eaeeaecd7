package io.esrgan.exec;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Places in one piece of memory for things that are not all needed at the same time: two whose
 * times overlap do not overlap in memory.
 */
final class Arena {
  static final long ALIGNMENT = 64;

  /** Something that wants a place. */
  static final class Piece {
    private final long bytes;
    private final int from;
    private final int to;
    private long offset = -1;

    private Piece(long bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }

    /** Where it lies, known after {@link Arena#place()}. */
    long offset() {
      if (offset < 0) {
        throw new IllegalStateException("this piece has no place yet");
      }
      return offset;
    }

    private boolean meets(Piece other) {
      return from <= other.to && other.from <= to;
    }
  }

  private final List<Piece> pieces = new ArrayList<>();

  /** Asks for a place from one step to another, both included. */
  Piece reserve(long bytes, int from, int to) {
    Piece piece = new Piece((bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT, from, to);
    pieces.add(piece);
    return piece;
  }

  /** Gives everything a place, the largest first; returns how much memory that takes. */
  long place() {
    List<Piece> largestFirst = new ArrayList<>(pieces);
    largestFirst.sort(Comparator.comparingLong((Piece piece) -> piece.bytes).reversed());
    List<Piece> placed = new ArrayList<>();
    long size = 0;
    for (Piece piece : largestFirst) {
      piece.offset = gap(piece, placed);
      placed.add(piece);
      size = Math.max(size, piece.offset + piece.bytes);
    }
    return size;
  }

  private static long gap(Piece wanted, List<Piece> placed) {
    List<Piece> inTheWay =
        placed.stream()
            .filter(wanted::meets)
            .sorted(Comparator.comparingLong(piece -> piece.offset))
            .toList();
    long offset = 0;
    for (Piece other : inTheWay) {
      if (other.offset - offset >= wanted.bytes) {
        break;
      }
      offset = Math.max(offset, other.offset + other.bytes);
    }
    return offset;
  }
}
