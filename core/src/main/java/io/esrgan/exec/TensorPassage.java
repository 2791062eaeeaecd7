package io.esrgan.exec;

import io.esrgan.nn.Features;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Interval;
import io.esrgan.nn.Live;
import io.esrgan.nn.Operation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A passage on libtorch's tensors.
 *
 * <p>Between two advances it holds, of each feature map, the rows that something is still computed
 * from: two for a 3x3 convolution, and of a residual those that wait for their partners. Within an
 * advance every feature map is freed after its last reader, or that reader writes its own result
 * there.
 */
final class TensorPassage implements Passage {
  private final TensorRunner runner;
  private final Steps steps;
  private final int width;
  private final Scope keeper = Scope.aside();
  private Front front;
  private HeldRows[] held;
  private int pace; // rows of the input that are computed at a time

  TensorPassage(TensorRunner runner, int width, int height, int stripRows) {
    this.runner = runner;
    this.steps = runner.steps();
    this.width = width;
    this.pace = stripRows;
    this.front = new Front(steps, height);
    this.held = new HeldRows[steps.graph().nodes().size()];
    Arrays.fill(held, HeldRows.NONE);
  }

  @Override
  public Optional<Tensor> advance(Tensor rows) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      Attempt attempt = new Attempt(scope, front.copy(), held.clone());
      List<Tensor> results = attempt.run(rows);
      Optional<Tensor> result =
          results.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  scope.keep(
                      results.size() == 1 ? results.get(0) : Tensor.concatenate(2, results)));
      settle(attempt); // nothing can fail any more
      return result;
    } catch (RuntimeException | OutOfMemoryError e) {
      pace = Math.max(runner.multiple(), pace / 2 / runner.multiple() * runner.multiple());
      throw e;
    }
  }

  private void settle(Attempt attempt) {
    for (int i = 0; i < held.length; i++) {
      HeldRows now = attempt.held[i].kept(keeper::take);
      for (HeldRows.Piece piece : held[i].pieces()) {
        if (now.pieces().stream().noneMatch(p -> p.tensor() == piece.tensor())) {
          piece.tensor().close();
        }
      }
      held[i] = now;
    }
    front = attempt.front;
  }

  @Override
  public void close() {
    keeper.close();
  }

  /**
   * What a step reads of one source.
   *
   * @param tensor (1, c, r, w)
   * @param free whether nobody else reads what is in its memory
   */
  private record Gathered(Tensor tensor, boolean free) {}

  /** One advance, which changes nothing of the passage. */
  private final class Attempt implements Front.Work {
    private final Scope scope;
    private final Front front;
    private final HeldRows[] held;
    private final List<Tensor> results = new ArrayList<>();

    Attempt(Scope scope, Front front, HeldRows[] held) {
      this.scope = scope;
      this.front = front;
      this.held = held;
    }

    List<Tensor> run(Tensor rows) {
      Graph.Node input = steps.graph().nodes().get(0);
      held[0] = held[0].with(front.done(input), runner.convert(rows));
      front.enter(rows.size(2));
      front.move(pace, this);
      return results;
    }

    @Override
    public void compute(Steps.Step step, Interval rows) {
      Graph.Node node = step.node();
      Tensor result;
      try (Scope temporaries = Scope.open()) {
        result = scope.take(result(step, rows));
      }
      held[node.index()] = held[node.index()].with(rows.first(), result);
      if (steps.isOutput(node)) {
        Tensor part = held[node.index()].view(rows).orElseThrow();
        results.add(part.to(Precision.FLOAT32).to(Device.CPU));
      }
    }

    private Tensor result(Steps.Step step, Interval rows) {
      boolean all = front.isAll(step.node(), rows);
      List<Gathered> sources = new ArrayList<>(step.sources().size());
      for (List<Graph.Node> source : step.sources()) {
        Interval read =
            all
                ? new Interval(0, front.height(source.get(0)) - 1)
                : step.node().operation().reads(rows);
        sources.add(gather(source, read, step.node().operation().repeatsEdge()));
      }
      Tensor result = apply(step, rows, all, sources);
      if (sources.get(0).tensor() == result) { // a piece that was overwritten is the result's now
        Graph.Node first = step.sources().get(0).get(0);
        held[first.index()] = held[first.index()].without(result);
      }
      return result;
    }

    private Tensor apply(Steps.Step step, Interval rows, boolean all, List<Gathered> sources) {
      Operation operation = step.node().operation();
      List<Features> inputs = new ArrayList<>(sources.size());
      sources.forEach(source -> inputs.add(runner.live(step, source.tensor())));
      boolean pointwise = operation.reads(rows).equals(rows);
      Live result =
          pointwise && sources.get(0).free()
              ? operation.applyInPlace(inputs)
              : all ? (Live) operation.apply(inputs) : operation.applyToRows(inputs);
      return result.tensor();
    }

    private Gathered gather(List<Graph.Node> parts, Interval rows, boolean repeatsEdge) {
      Graph.Node first = parts.get(0);
      long end = front.height(first);
      Interval inside = new Interval(Math.max(0, rows.first()), Math.min(end - 1, rows.last()));
      if (inside.equals(rows)) {
        Optional<Gathered> there = parts.size() == 1 ? lying(first, rows) : sideBySide(parts, rows);
        if (there.isPresent()) {
          return there.get();
        }
      }
      int channels = parts.stream().mapToInt(Graph.Node::channels).sum();
      Tensor window = runner.unfilled(channels, rows.size(), first.resolution().of(width));
      int channel = 0;
      for (Graph.Node part : parts) {
        held[part.index()].copy(
            inside,
            window
                .slice(1, channel, part.channels())
                .slice(2, inside.first() - rows.first(), inside.size()));
        channel += part.channels();
      }
      fillOutside(window, rows, inside, repeatsEdge);
      return new Gathered(window, true);
    }

    /** What rows above and below a picture show. */
    private void fillOutside(Tensor window, Interval rows, Interval inside, boolean repeatsEdge) {
      long above = inside.first() - rows.first();
      long below = rows.last() - inside.last();
      Tensor top = window.slice(2, 0, above);
      Tensor bottom = window.slice(2, above + inside.size(), below);
      if (!repeatsEdge) {
        top.zeroInPlace();
        bottom.zeroInPlace();
        return;
      }
      for (long row = 0; row < above; row++) {
        top.slice(2, row, 1).assign(window.slice(2, above, 1));
      }
      for (long row = 0; row < below; row++) {
        bottom.slice(2, row, 1).assign(window.slice(2, above + inside.size() - 1, 1));
      }
    }

    private Optional<Gathered> lying(Graph.Node node, Interval rows) {
      Optional<HeldRows.Piece> piece = held[node.index()].piece(rows);
      if (piece.isPresent()) {
        boolean free =
            !piece.get().kept() && steps.isOverwritable(node) && front.needed(node) > rows.last();
        return Optional.of(new Gathered(piece.get().tensor(), free));
      }
      return held[node.index()].view(rows).map(view -> new Gathered(view, false));
    }

    private Optional<Gathered> sideBySide(List<Graph.Node> parts, Interval rows) {
      List<Tensor> views = new ArrayList<>(parts.size());
      for (Graph.Node part : parts) {
        Optional<Tensor> view = held[part.index()].view(rows);
        if (view.isEmpty()) {
          return Optional.empty();
        }
        views.add(view.get());
      }
      return Optional.of(new Gathered(Tensor.concatenate(views), true));
    }

    @Override
    public void release(Graph.Node node, long needed) {
      boolean callers = node.index() == 0; // the caller's rows may be in the same memory
      held[node.index()] = held[node.index()].from(needed, callers);
    }
  }
}
