package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The last passage, kept for the next picture: pictures often come in one size, and to take memory
 * and make kernels is a good part of the work on a small one.
 */
final class IdlePassage implements AutoCloseable {

  /** A passage that takes more is not kept. */
  private static final long MOST_BYTES = 256L << 20;

  private BlockedPassage kept; // null if there is none
  private boolean isClosed;

  /** What goes over one picture; when it is closed, others may have its passage. */
  private final class Turn implements Passage {
    private BlockedPassage passage; // null once closed

    Turn(BlockedPassage passage) {
      this.passage = passage;
    }

    private BlockedPassage open() {
      if (passage == null) {
        throw new IllegalStateException("this passage was closed");
      }
      return passage;
    }

    @Override
    public Optional<Tensor> advance(Tensor rows) {
      return open().advance(rows);
    }

    @Override
    public Optional<Tensor> rest() {
      return open().rest();
    }

    @Override
    public void close() {
      if (passage != null) {
        keep(passage);
        passage = null;
      }
    }
  }

  /** A passage from its beginning: the one that was kept, or a new one. */
  Passage begin(Lowering lowering, StripShape shape, Supplier<BlockedPassage> making) {
    if (kept != null && kept.isFor(lowering, shape)) {
      BlockedPassage found = kept;
      kept = null;
      found.begin();
      return new Turn(found);
    }
    forget();
    return new Turn(making.get());
  }

  private void keep(BlockedPassage passage) {
    if (isClosed || kept != null || !passage.isIntact() || passage.bytes() > MOST_BYTES) {
      passage.close();
    } else {
      kept = passage;
    }
  }

  /** Gives its memory back. */
  void forget() {
    if (kept != null) {
      kept.close();
      kept = null;
    }
  }

  /** From now on nothing is kept. */
  @Override
  public void close() {
    isClosed = true;
    forget();
  }
}
