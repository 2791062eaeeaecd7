package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Interval;
import io.esrgan.tensor.Precision;

/** How much memory a {@link TensorPassage} will hold, told by going its way without numbers. */
final class PassageMemory implements Front.Work {
  private final Steps steps;
  private final int width;
  private final Precision precision;
  private Front front;
  private Front before; // the current advance
  private long atHand; // bytes of rows that earlier advances left
  private long fresh; // bytes of rows that this advance made
  private long[] freshRows; // by node
  private long peak;

  PassageMemory(Steps steps, int width, Precision precision) {
    this.steps = steps;
    this.width = width;
    this.precision = precision;
  }

  /** The bytes at the worst moment. */
  long of(int height, int stripRows) {
    // A passage of many strips repeats itself, so three beyond the first result are as good as all.
    long settled = steps.graph().receptiveRadius() + 3L * stripRows;
    int rows =
        height <= settled + stripRows
            ? height
            : Math.toIntExact(settled / stripRows * stripRows + height % stripRows);
    front = new Front(steps, rows);
    peak = 0;
    for (int row = 0; row < rows; row += stripRows) {
      advance(Math.min(stripRows, rows - row), stripRows);
    }
    return peak;
  }

  private void advance(int rows, int pace) {
    before = front.copy();
    atHand = 0;
    for (Graph.Node node : steps.graph().nodes()) {
      atHand += (front.done(node) - front.needed(node)) * rowBytes(node);
    }
    freshRows = new long[steps.graph().nodes().size()];
    fresh = 0;
    front.enter(rows);
    hold(steps.graph().nodes().get(0), rows);
    front.move(pace, this);
  }

  @Override
  public void compute(Steps.Step step, Interval rows) {
    Graph.Node node = step.node();
    boolean overwrites = node.operation().overwrites();
    Graph.Node first = step.sources().get(0).get(0);
    if (overwrites && front.needed(first) > rows.last() && steps.isOverwritable(first)) {
      hold(first, 0);
      hold(node, freshRows[node.index()] + rows.size());
      return;
    }
    long window = 0;
    if (step.sources().get(0).size() > 1 || !front.isAll(node, rows)) {
      Interval read = node.operation().reads(rows);
      for (Graph.Node part : step.sources().get(0)) {
        window += read.size() * rowBytes(part);
      }
    }
    fresh += window;
    hold(node, freshRows[node.index()] + rows.size());
    fresh -= window;
  }

  @Override
  public void release(Graph.Node node, long needed) {
    long rows = Math.min(freshRows[node.index()], front.done(node) - needed);
    hold(node, Math.min(rows, front.done(node) - before.done(node)));
  }

  private void hold(Graph.Node node, long rows) {
    fresh += (rows - freshRows[node.index()]) * rowBytes(node);
    freshRows[node.index()] = rows;
    peak = Math.max(peak, atHand + fresh);
  }

  private long rowBytes(Graph.Node node) {
    return node.channels() * node.resolution().of(width) * precision.bytes();
  }
}
