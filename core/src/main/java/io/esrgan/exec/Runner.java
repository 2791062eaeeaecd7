package io.esrgan.exec;

import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Scope;
import java.util.Optional;

/**
 * One way of computing a graph with its numbers.
 *
 * <p>All sizes are in pixels of the input and multiples of what the network takes. A strip as high
 * as the picture computes it at once. Every strip height gives the same bits.
 */
interface Runner {

  /**
   * The fastest for a device and a precision. The current scope owns it.
   *
   * @param parameters in float32, on that device
   * @param multiple what the network's widths and heights are multiples of
   */
  static Runner of(
      Graph graph, FlatParameters parameters, Executor.Settings settings, int multiple) {
    if (settings.device() == Device.CPU) {
      Optional<BlockedRunner> blocked = BlockedRunner.of(graph, parameters, settings.precision());
      if (blocked.isPresent()) {
        Scope.whenClosed(blocked.get()::close);
        return blocked.get();
      }
    }
    FlatParameters converted = parameters.in(settings.precision());
    TensorRunner runner =
        new TensorRunner(
            graph,
            parameter ->
                (parameter.role().isFloat32Always() ? parameters : converted).get(parameter),
            settings.device(),
            settings.precision(),
            multiple);
    return graph.seesAll() ? new TileRunner(runner, settings.tileOverlap(graph, multiple)) : runner;
  }

  /** The way that takes the least memory; its bits may differ, by rounding. */
  default Runner frugal() {
    return this;
  }

  /**
   * How much memory its speed is worth, in bytes; where it takes more, the frugal way is better.
   */
  default long worthBytes() {
    return Long.MAX_VALUE;
  }

  /**
   * What the heights of all strips but the last are multiples of, besides what the network takes.
   */
  default int rowStep() {
    return 1;
  }

  /** Gives back what was kept for pictures to come. */
  default void forget() {}

  /**
   * Begins a passage over a picture of this size, in strips of {@code stripRows} rows: a multiple
   * of {@link #rowStep}, or as many as the picture has.
   */
  Passage over(int width, int height, int stripRows);

  /** Rows of a strip with which a picture is done about as fast as it gets; perhaps none. */
  int stripRows(int width, int height);

  /** Rows that a passage computes, those that it computes again among them. */
  default int rowsComputed(int height, int stripRows) {
    return height;
  }

  /** Rows that a passage spends its time on, those without a pixel of the picture among them. */
  default int rowsWorked(int height, int stripRows) {
    return rowsComputed(height, stripRows);
  }

  /** What a passage holds at its peak, in bytes, forecast from the graph. */
  long bytes(int width, int height, int stripRows);
}
