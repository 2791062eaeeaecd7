package io.esrgan.exec;

import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.Device;

/**
 * One way of computing a graph with its numbers.
 *
 * <p>All sizes are in pixels of the input and multiples of what the network takes. A strip as high
 * as the picture computes it at once. Every strip height gives the same bits.
 */
interface Runner {

  /**
   * The best for a device and a precision.
   *
   * @param parameters in that precision, on that device
   * @param multiple what the network's widths and heights are multiples of
   */
  static Runner of(Graph graph, FlatParameters parameters, Device device, int multiple) {
    return new TensorRunner(
        graph, parameters::get, device, parameters.flat().precision(), multiple);
  }

  /** Begins a passage over a picture of this size, in strips of up to {@code stripRows} rows. */
  Passage over(int width, int height, int stripRows);

  /** What a passage holds at its peak, in bytes, forecast from the graph. */
  long bytes(int width, int height, int stripRows);
}
