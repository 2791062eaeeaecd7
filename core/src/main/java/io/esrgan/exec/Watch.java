package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Interval;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Watches over what comes out in a short precision: rows that are not finite, or that are flat
 * although their input is not, are computed again in float32, by a passage of its own over the
 * input that they depend on.
 */
final class Watch {
  private final Graph graph;
  private final Runner exact; // null where the results are float32 already
  private final int multiple; // of rows that are computed again
  private int repeated;

  Watch(Graph graph, Runner exact, int multiple) {
    this.graph = graph;
    this.exact = exact;
    this.multiple = exact == null ? multiple : Math.max(multiple, exact.rowStep());
  }

  /** How many pieces of a result were computed again. */
  int repeated() {
    return repeated;
  }

  /** The first row of the input that may be wanted again once results before {@code row} are. */
  long wanted(long row) {
    return exact == null ? Long.MAX_VALUE : reach(new Interval(row, row)).first();
  }

  private Interval reach(Interval rows) {
    if (graph.seesAll()) {
      return new Interval(0, Integer.MAX_VALUE / multiple * (long) multiple - 1);
    }
    Interval reach = graph.inputReach(rows);
    return new Interval(
        Math.floorDiv(Math.max(0, reach.first()), multiple) * multiple,
        Math.floorDiv(reach.last(), multiple) * multiple + multiple - 1);
  }

  /**
   * Rows of a result, good ones.
   *
   * @param rows (1, c, r, w) float32 on the CPU
   * @param from the first of them
   * @param input what they were computed from
   * @throws NotFiniteException if they are not finite in float32 either
   */
  Tensor judged(Tensor rows, long from, PaddedRows input, Plan plan, Plan.Band band) {
    Interval place = new Interval(from, from + rows.size(2) - 1);
    boolean isFinite = rows.isFinite();
    if (exact != null && (!isFinite || isFlattened(rows, place, input, plan))) {
      repeated++;
      rows = again(place, input, plan, band);
      isFinite = rows.isFinite();
    }
    if (!isFinite) {
      throw new NotFiniteException();
    }
    return rows;
  }

  private boolean isFlattened(Tensor rows, Interval place, PaddedRows input, Plan plan) {
    return rows.isFlat() && !input.again(inside(reach(place), plan)).isFlat();
  }

  private static Interval inside(Interval rows, Plan plan) {
    return new Interval(rows.first(), Math.min(rows.last(), plan.height() - 1));
  }

  private Tensor again(Interval place, PaddedRows input, Plan plan, Plan.Band band) {
    Interval seen = inside(reach(place), plan);
    int strip =
        graph.seesAll() // or it would be other tiles
            ? plan.stripRows()
            : Math.max(multiple, plan.stripRows() / 2 / multiple * multiple);
    int scale = graph.output().resolution().numerator();
    List<Tensor> parts = new ArrayList<>();
    int rows = Math.toIntExact(seen.size());
    boolean dear = exact.bytes(band.seenWidth(), rows, strip) > exact.worthBytes();
    Runner runner = plan.frugal() || dear ? exact.frugal() : exact;
    try (Passage passage = runner.over(band.seenWidth(), rows, strip)) {
      Feed feed = new Feed(passage, multiple, strip);
      parts.addAll(feed.advance(input.again(seen)));
      for (Optional<Tensor> part = feed.rest(); part.isPresent(); part = feed.rest()) {
        parts.add(part.get());
      }
    }
    exact.forget();
    return Tensor.concatenate(2, parts)
        .slice(2, place.first() - seen.first() * scale, place.size());
  }
}
