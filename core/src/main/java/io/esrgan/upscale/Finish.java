package io.esrgan.upscale;

import io.esrgan.image.RowResizer;
import java.util.function.Consumer;

/**
 * What becomes of one plane of a network's result before it is rounded to samples: it is
 * back-projected as often as wanted, then resized by bicubic to the wanted size.
 *
 * <p>Takes the rows of the input and of the result from the top as they come. For each
 * back-projection the rows of the result that lie on about nine of the input are held. Not for
 * several threads.
 */
final class Finish {
  private final Consumer<double[]> low;
  private final Consumer<double[]> high;

  /**
   * @param width of the input, as {@code height}
   * @param scale the network's
   * @param result gets the rows of the finished plane from the top, in arrays that may be used
   *     again
   */
  Finish(int width, int height, int scale, UpscaleOptions options, Consumer<double[]> result) {
    Consumer<double[]> lowRows = row -> {};
    Consumer<double[]> highRows = result;
    if (options.scaleOf(scale) != scale) {
      highRows =
          RowResizer.of(
                  width * scale,
                  height * scale,
                  1,
                  options.side(width, scale),
                  options.side(height, scale),
                  result)
              ::accept;
    }
    for (int i = 0; i < options.backProjections(); i++) { // the last one first
      BackProjection iteration = new BackProjection(width, height, scale, lowRows, highRows);
      lowRows = iteration::low;
      highRows = iteration::high;
    }
    this.low = lowRows;
    this.high = highRows;
  }

  /** Whether there is nothing to do: rows would be handed on as they come. */
  static boolean isNothing(UpscaleOptions options, int scale) {
    return options.backProjections() == 0 && options.scaleOf(scale) == scale;
  }

  /** The input's next row, which is kept: not later than the rows of the result that lie on it. */
  void low(double[] row) {
    low.accept(row);
  }

  /** The result's next row, which is kept. */
  void high(double[] row) {
    high.accept(row);
  }
}
