package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Interval;

/**
 * How far every feature map of a passage has come, in rows of its own; without any numbers.
 *
 * <p>Rows are computed as soon as all they are computed from is there, and once. A row is needed
 * until nothing more is computed from it.
 */
final class Front {
  private final Steps steps;
  private final int height; // of the input
  private final long[] done; // rows, by node

  /** What is to be done as the front moves. */
  interface Work {
    /** Rows of a step's feature map can be computed. */
    void compute(Steps.Step step, Interval rows);

    /** Rows before {@code needed} of a feature map are read by nobody any more. */
    void release(Graph.Node node, long needed);
  }

  /** Before the first row of a picture. */
  Front(Steps steps, int height) {
    this(steps, height, new long[steps.graph().nodes().size()]);
  }

  private Front(Steps steps, int height, long[] done) {
    this.steps = steps;
    this.height = height;
    this.done = done;
  }

  Front copy() {
    return new Front(steps, height, done.clone());
  }

  long done(Graph.Node node) {
    return done[node.index()];
  }

  long height(Graph.Node node) {
    return node.resolution().of(height);
  }

  /** Rows of the input have come. */
  void enter(long rows) {
    done[0] += rows;
    if (done[0] > height) {
      throw new IllegalArgumentException(
          "%d rows of a picture of %d have been given".formatted(done[0], height));
    }
  }

  /**
   * Computes all that can be, at most {@code pace} rows of the input's size at a time: at the end
   * of a picture hundreds of rows become computable at once.
   */
  void move(int pace, Work work) {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Steps.Step step : steps.inOrder()) {
        int node = step.node().index();
        long end = Math.min(computable(step), done[node] + step.node().resolution().of(pace));
        if (end > done[node]) {
          Interval rows = new Interval(done[node], end - 1);
          done[node] = end;
          work.compute(step, rows);
          moved = true;
        }
        for (Graph.Node read : steps.finishedBy(step)) {
          work.release(read, needed(read));
        }
      }
    }
  }

  private long computable(Steps.Step step) {
    long there = Long.MAX_VALUE;
    for (var source : step.sources()) {
      for (Graph.Node part : source) {
        if (done(part) < height(part)) { // else there is all of it, and zeros below
          there = Math.min(there, done(part));
        }
      }
    }
    long all = height(step.node());
    if (there == Long.MAX_VALUE) {
      return all;
    }
    long end = done(step.node());
    while (end < all && step.node().operation().reads(new Interval(end, end)).last() < there) {
      end++;
    }
    return end;
  }

  /** The first row of a feature map that something is still to be computed from. */
  long needed(Graph.Node node) {
    long first = done(node);
    for (Steps.Step reader : steps.readers(node)) {
      long next = done(reader.node());
      if (next < height(reader.node())) {
        Interval read = reader.node().operation().reads(new Interval(next, next));
        first = Math.min(first, Math.max(0, read.first()));
      }
    }
    return first;
  }

  /** Whether these rows are all there are of a feature map. */
  boolean isAll(Graph.Node node, Interval rows) {
    return rows.first() == 0 && rows.last() == height(node) - 1;
  }
}
