package io.esrgan.exec;

import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Runs a network over pictures of any size, within a memory budget.
 *
 * <p>A picture that fits the budget is computed at once. A larger one is cut into tiles that
 * overlap, and each keeps its middle; where the overlap is less than the network's receptive
 * radius, the result is an approximation of the whole picture's. Holds the weights in its own
 * precision; works on the thread that made it.
 */
public final class Executor {
  private final Graph graph;
  private final GraphRunner runner;
  private final FlatParameters exact; // float32
  private final Settings settings;
  private final int sizeMultiple;

  /**
   * How to run.
   *
   * @param device where to compute
   * @param precision of weights and feature maps
   * @param memoryBytes what feature maps may take
   */
  public record Settings(Device device, Precision precision, long memoryBytes) {
    /** Checks that there is a budget. */
    public Settings {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(precision, "precision");
      if (memoryBytes < 1) {
        throw new IllegalArgumentException(
            memoryBytes + " bytes of memory are nothing to compute in");
      }
    }

    /** The fastest there is, in half the memory that is free. Loads the engine. */
    public static Settings automatic() {
      Device device = Device.best();
      return new Settings(device, device.preferredPrecision(), Memory.defaultBudget());
    }
  }

  /** A network with its numbers; the caller's scope owns the copy in the settings' precision. */
  public Executor(Network network, FlatParameters parameters, Settings settings) {
    this.graph = Graph.record(network);
    this.runner = new GraphRunner(graph, parameters.in(settings.precision()));
    this.exact = parameters;
    this.settings = settings;
    this.sizeMultiple = network.sizeMultiple();
  }

  /** How many times larger the output is. */
  public int scale() {
    return graph.output().resolution().numerator();
  }

  /** How a picture of this size would be cut. */
  public TilePlan plan(int width, int height) {
    return TilePlan.of(width, height, sizeMultiple, graph, settings);
  }

  /**
   * The network's output for a whole picture.
   *
   * @param low (1, c, h, w) float32 on the CPU, in [0, 1]
   * @param afterTile told the number of tiles done, after each
   * @return (1, c, scale h, scale w) float32 on the CPU, unbounded; the caller's scope owns it.
   *     What is not finite in bfloat16 was computed again in float32.
   * @throws NotFiniteException if it is not finite there either
   */
  public Tensor run(Tensor low, IntConsumer afterTile) {
    int height = Math.toIntExact(low.size(2));
    int width = Math.toIntExact(low.size(3));
    try (Scope scope = Scope.open()) {
      TilePlan plan = plan(width, height);
      Tensor padded = plan.pad(low);
      Tensor high = null;
      int done = 0;
      for (TilePlan.Tile tile : plan.tiles()) {
        try (Scope inner = Scope.open()) {
          Tensor part = runTile(tile.cut(padded));
          if (plan.tiles().size() == 1) {
            high = inner.keep(part);
          } else {
            if (high == null) {
              high = inner.keep(plan.canvas(part, scale()));
            }
            tile.paste(part, high, scale());
          }
        }
        afterTile.accept(++done);
      }
      return scope.keep(
          high.slice(2, 0, (long) height * scale()).slice(3, 0, (long) width * scale()));
    }
  }

  /** As {@link #run(Tensor, IntConsumer)}, in silence. */
  public Tensor run(Tensor low) {
    return run(low, done -> {});
  }

  private Tensor runTile(Tensor tile) {
    Tensor input = tile.to(settings.device()).channelsLast();
    Tensor output = runner.run(input.to(settings.precision())).to(Precision.FLOAT32);
    if (!output.isFinite() && settings.precision() != Precision.FLOAT32) {
      output = new GraphRunner(graph, exact).run(input);
    }
    if (!output.isFinite()) {
      throw new NotFiniteException();
    }
    return output.to(Device.CPU);
  }
}
