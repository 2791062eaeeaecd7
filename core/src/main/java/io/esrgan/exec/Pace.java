package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.Arrays;

/** How fast this machine is with a network, found out on small pictures. */
final class Pace {
  private static final int SMALLEST = 32;
  private static final int LARGEST = 256;
  private static final double LONG_ENOUGH = 0.3; // seconds
  private static final int TRIALS = 3;

  private final Graph graph;
  private final Runner runner;
  private double secondsPerMultiplication; // 0 until it is known

  Pace(Graph graph, Runner runner) {
    this.graph = graph;
    this.runner = runner;
  }

  /** Seconds that so many multiplications take. Finds out when first asked: a second or two. */
  double seconds(double multiplications) {
    if (secondsPerMultiplication == 0) {
      secondsPerMultiplication = measured();
    }
    return multiplications * secondsPerMultiplication;
  }

  private double measured() {
    int side = SMALLEST;
    while (trial(side) < LONG_ENOUGH && side < LARGEST) {
      side *= 2;
    }
    double[] seconds = new double[TRIALS];
    for (int i = 0; i < TRIALS; i++) {
      seconds[i] = trial(side);
    }
    Arrays.sort(seconds);
    return seconds[TRIALS / 2] / (graph.multiplicationsPerPixel() * side * side);
  }

  /** Seconds for a gray square, what is done once for all rows left out. */
  private double trial(int side) {
    try (Scope scope = Scope.open();
        Passage passage = runner.over(side, side, side)) {
      int channels = graph.nodes().get(0).channels();
      Tensor gray = Tensor.full(0.5, Precision.FLOAT32, Device.CPU, 1, channels, side, side);
      long start = System.nanoTime();
      passage.advance(gray);
      return (System.nanoTime() - start) / 1e9;
    }
  }
}
