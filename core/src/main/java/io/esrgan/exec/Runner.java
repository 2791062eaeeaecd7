package io.esrgan.exec;

/**
 * One way of computing a graph with its numbers.
 *
 * <p>All sizes are in pixels of the input and multiples of what the network takes. A strip as high
 * as the picture computes it at once. Every strip height gives the same bits.
 */
interface Runner {

  /** Begins a passage over a picture of this size, in strips of up to {@code stripRows} rows. */
  Passage over(int width, int height, int stripRows);

  /** What a passage holds at its peak, in bytes, forecast from the graph. */
  long bytes(int width, int height, int stripRows);
}
