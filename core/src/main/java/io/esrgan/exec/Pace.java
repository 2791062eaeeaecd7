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
  private static final int LARGEST = 128;
  private static final int LARGEST_BESIDE_STRIPS = 64; // their memory stays with the process
  private static final double LONG_ENOUGH = 0.3; // seconds
  private static final double TOO_LONG = 10; // seconds
  private static final double TOO_LARGE = 0.15; // of the time that is asked for

  /** In narrower strips threads wait for each other much of the time. */
  private static final int NARROWEST = 128;

  /** Where strips are not tried; 1.04 to 1.35 were seen, by processor. */
  private static final double STRIPS_TO_SQUARES = 1.2;

  private static final int TRIALS = 3;

  private final Graph graph;
  private final Runner runner;
  private final Map<Strip, Trial> known = new HashMap<>();

  /**
   * What was found out.
   *
   * @param preparing seconds before the first row
   * @param pace seconds for a multiplication
   */
  private record Trial(double preparing, double pace) {}

  private record Strip(Runner runner, int width, int rows) {
    Strip doubled() {
      return new Strip(runner, 2 * width, rows);
    }
  }

  Pace(Graph graph, Runner runner) {
    this.graph = graph;
    this.runner = runner;
  }

  /** Seconds that a plan takes. Finds out when first asked: some seconds. */
  double seconds(Plan plan) {
    Runner way = plan.frugal() ? runner.frugal() : runner;
    try {
      Trial ofSquares = known.computeIfAbsent(square(plan, way), this::ofSquares);
      Trial trial = plan.cut() == Plan.Cut.WHOLE ? ofSquares : ofStrips(plan, way, ofSquares);
      return plan.bands().size() * trial.preparing() + plan.multiplications() * trial.pace();
    } finally {
      way.forget();
    }
  }

  /** The largest whose time is little beside what is asked for. */
  private Strip square(Plan plan, Runner way) {
    int largest = plan.cut() == Plan.Cut.WHOLE ? LARGEST : LARGEST_BESIDE_STRIPS;
    int side = SMALLEST;
    while (side < largest
        && multiplications(new Strip(way, 2 * side, 2 * side), 2 * side)
            < TOO_LARGE * plan.multiplications()) {
      side *= 2;
    }
    return new Strip(way, side, side);
  }

  /** In memory that was used before, and by code that Java has seen before. */
  private Trial ofSquares(Strip square) {
    double[] seconds = new double[TRIALS];
    Trial first = trial(square, 0, 1);
    if (first.pace() * multiplications(square, square.rows) > LONG_ENOUGH) {
      return new Trial(first.preparing(), trial(square, 0, 1).pace());
    }
    for (int i = 0; i < TRIALS; i++) {
      seconds[i] = trial(square, 0, 1).pace();
    }
    return new Trial(first.preparing(), median(seconds));
  }

  private static double median(double[] seconds) {
    Arrays.sort(seconds);
    return seconds[seconds.length / 2];
  }

  /**
   * Wide strips are slower than squares: rows that are kept go to memory and come back. Where even
   * rather narrow ones take too long, squares must do. Those as wide as the plan's leave memory of
   * the right size behind, too.
   */
  private Trial ofStrips(Plan plan, Runner way, Trial ofSquares) {
    int seen = plan.bands().stream().mapToInt(Plan.Band::seenWidth).max().orElseThrow();
    double most = Math.min(TOO_LONG / ofSquares.pace(), TOO_LARGE * plan.multiplications());
    Strip strip = new Strip(way, seen, plan.stripRows());
    if (ofTrial(strip) >= most) {
      strip = new Strip(way, Math.min(NARROWEST, seen), plan.stripRows());
      while (2 * strip.width < seen && ofTrial(strip.doubled()) < most) {
        strip = strip.doubled();
      }
    }
    if (ofTrial(strip) < most) {
      try {
        return known.computeIfAbsent(strip, tried -> trial(tried, stripsBefore(tried), TRIALS));
      } catch (OutOfMemoryError e) {
        // Squares must do.
      }
    }
    return new Trial(ofSquares.preparing(), STRIPS_TO_SQUARES * ofSquares.pace());
  }

  /** Multiplications to measure a strip; the layers come in one after the other. */
  private double ofTrial(Strip strip) {
    return multiplications(strip, strip.rows) * (TRIALS + stripsBefore(strip) / 2.0);
  }

  /** How many strips are begun with before all layers have work. */
  private int stripsBefore(Strip strip) {
    return graph.receptiveRadius() / strip.rows + 2;
  }

  private double multiplications(Strip strip, int rows) {
    return graph.multiplicationsPerPixel() * strip.width * rows;
  }

  /** Strips of a gray picture, of which some come before those whose time is taken. */
  private Trial trial(Strip strip, int before, int count) {
    double[] seconds = new double[count];
    long start = System.nanoTime();
    try (Scope scope = Scope.open();
        Passage passage =
            strip.runner.over(strip.width, (before + count) * strip.rows, strip.rows)) {
      double preparing = (System.nanoTime() - start) / 1e9;
      int channels = graph.nodes().get(0).channels();
      Tensor gray =
          Tensor.full(0.5, Precision.FLOAT32, Device.CPU, 1, channels, strip.rows, strip.width);
      for (int i = -before; i < count; i++) {
        double taken = seconds(passage, gray);
        if (i >= 0) {
          seconds[i] = taken;
        }
      }
      return new Trial(preparing, median(seconds) / multiplications(strip, strip.rows));
    }
  }

  private static double seconds(Passage passage, Tensor rows) {
    long start = System.nanoTime();
    try (Scope scope = Scope.open()) {
      passage.advance(rows);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
