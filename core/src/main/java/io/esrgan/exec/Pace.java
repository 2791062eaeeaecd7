package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** How fast this machine is with a network, found out on small pictures. */
final class Pace {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 128; // what trials take stays with the process
  private static final double LONG_ENOUGH = 0.3; // seconds
  private static final double TOO_LONG = 5; // seconds
  private static final int FEW_STRIPS = 2;
  private static final int MORE_STRIPS = 6;
  private static final int TRIALS = 3;

  private final Graph graph;
  private final Runner runner;
  private final Map<Strip, Double> known = new HashMap<>(); // seconds for a multiplication
  private double squares; // likewise; 0 until it is known

  private record Strip(int width, int rows) {}

  Pace(Graph graph, Runner runner) {
    this.graph = graph;
    this.runner = runner;
  }

  /** Seconds that a plan takes. Finds out when first asked: some seconds. */
  double seconds(Plan plan) {
    if (squares == 0) {
      squares = ofSquares();
    }
    double pace = plan.cut() == Plan.Cut.WHOLE ? squares : ofStrips(plan);
    return plan.multiplications() * pace;
  }

  private double ofSquares() {
    int side = SMALLEST;
    while (trial(side, side, side) < LONG_ENOUGH && side < LARGEST) {
      side *= 2;
    }
    double[] seconds = new double[TRIALS];
    for (int i = 0; i < TRIALS; i++) {
      seconds[i] = trial(side, side, side);
    }
    Arrays.sort(seconds);
    return seconds[TRIALS / 2] / multiplications(side, side, side);
  }

  /**
   * Wide strips are slower than squares: rows that are kept go to memory and come back. Where even
   * narrow ones take too long, squares must do.
   */
  private double ofStrips(Plan plan) {
    int rows = plan.stripRows();
    int seen = plan.bands().stream().mapToInt(Plan.Band::seenWidth).max().orElseThrow();
    int width = Math.min(SMALLEST, seen);
    while (2 * width <= seen && isShort(2 * width, rows)) {
      width *= 2;
    }
    return isShort(width, rows)
        ? known.computeIfAbsent(new Strip(width, rows), this::measured)
        : squares;
  }

  private boolean isShort(int width, int rows) {
    double work =
        multiplications(width, FEW_STRIPS * rows, rows)
            + multiplications(width, MORE_STRIPS * rows, rows);
    return squares * work < TOO_LONG;
  }

  /**
   * From what more strips take beside few: how the first and the last come and go counts little.
   */
  private double measured(Strip strip) {
    double few = trial(strip.width, FEW_STRIPS * strip.rows, strip.rows);
    double more = trial(strip.width, MORE_STRIPS * strip.rows, strip.rows);
    int between = (MORE_STRIPS - FEW_STRIPS) * strip.rows;
    double seconds = more > few ? more - few : more; // something else may have come between
    return seconds / (graph.multiplicationsPerPixel() * strip.width * between);
  }

  private double multiplications(int width, int height, int stripRows) {
    return graph.multiplicationsPerPixel() * width * runner.rowsWorked(height, stripRows);
  }

  /** Seconds for a gray picture, what is done once for all rows left out. */
  private double trial(int width, int height, int stripRows) {
    try (Scope scope = Scope.open();
        Passage passage = runner.over(width, height, stripRows)) {
      int channels = graph.nodes().get(0).channels();
      Tensor gray = Tensor.full(0.5, Precision.FLOAT32, Device.CPU, 1, channels, height, width);
      long start = System.nanoTime();
      for (int row = 0; row < height; row += stripRows) {
        passage.advance(gray.slice(2, row, stripRows));
      }
      while (passage.rest().isPresent()) {
        // what lags behind
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
