package io.esrgan.exec;

import io.esrgan.tensor.EngineException;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives a passage its rows. Where memory runs out, the strip is taken back whole, halved, and the
 * run goes on from the last finished row.
 */
final class Feed {
  private final Passage passage;
  private final int multiple; // what strips are multiples of
  private final int whole; // rows of the passage's strips
  private int stripRows;

  Feed(Passage passage, int multiple, int stripRows) {
    this.passage = passage;
    this.multiple = multiple;
    this.whole = stripRows;
    this.stripRows = stripRows;
  }

  /** How many rows to give at a time. */
  int stripRows() {
    return stripRows;
  }

  /** After the last rows: what is still to come, piece by piece; empty once all is there. */
  Optional<Tensor> rest() {
    return passage.rest();
  }

  /**
   * What became final by these rows, in order.
   *
   * @throws TooLittleMemoryException if the smallest strip does not fit
   */
  List<Tensor> advance(Tensor rows) {
    List<Tensor> results = new ArrayList<>();
    for (long row = 0; row < rows.size(2); ) {
      long count = Math.min(stripRows, rows.size(2) - row);
      try {
        passage.advance(rows.slice(2, row, count)).ifPresent(results::add);
        row += count;
      } catch (EngineException e) {
        if (!e.isOutOfMemory()) {
          throw e;
        }
        halve(e);
      } catch (OutOfMemoryError e) {
        halve(e);
      }
    }
    return results;
  }

  private void halve(Throwable reason) {
    if (stripRows <= multiple) {
      throw new TooLittleMemoryException(
          "memory ran out on a strip of %d rows, the smallest there is; close other programs, or give a smaller memory budget, so that the picture is cut into bands"
              .formatted(stripRows),
          reason);
    }
    do {
      stripRows = Math.max(multiple, stripRows / 2 / multiple * multiple);
    } while (whole % stripRows != 0 && stripRows > multiple); // for strips to be filled up
  }
}
