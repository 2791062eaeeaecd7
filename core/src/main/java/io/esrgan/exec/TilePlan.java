package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How a picture is cut so that each piece fits the memory budget.
 *
 * <p>Tiles are of nearly equal size; each is computed with a margin of its neighbours' pixels
 * around it, of which only the middle is kept. The margin is the receptive radius where that is
 * less than {@link #MARGIN}, and the result exact then; otherwise the outermost pixels of a tile do
 * not see everything they would have seen.
 *
 * @param width of the picture, padded to the network's multiple
 * @param height likewise
 * @param tiles row by row
 */
public record TilePlan(int width, int height, List<Tile> tiles) {
  /** Pixels of the input that a tile sees beyond its own, at most. */
  static final int MARGIN = 32;

  /** Feature maps are not all: convolutions hold reordered copies of what they read and write. */
  private static final double WORKSPACE = 1.5;

  private static final int SMALLEST = 32;

  /**
   * One piece, in pixels of the padded input.
   *
   * @param x left edge of what is kept
   * @param y top edge of what is kept
   * @param width of what is kept
   * @param height of what is kept
   * @param seenX left edge of what is computed
   * @param seenY top edge of what is computed
   * @param seenWidth of what is computed
   * @param seenHeight of what is computed
   */
  public record Tile(
      int x, int y, int width, int height, int seenX, int seenY, int seenWidth, int seenHeight) {

    Tensor cut(Tensor picture) {
      return picture.slice(2, seenY, seenHeight).slice(3, seenX, seenWidth);
    }

    void paste(Tensor part, Tensor canvas, int scale) {
      Tensor middle =
          part.slice(2, (long) (y - seenY) * scale, (long) height * scale)
              .slice(3, (long) (x - seenX) * scale, (long) width * scale);
      canvas
          .slice(2, (long) y * scale, (long) height * scale)
          .slice(3, (long) x * scale, (long) width * scale)
          .assign(middle);
    }
  }

  static TilePlan of(int width, int height, int multiple, Graph graph, Executor.Settings settings) {
    int paddedWidth = roundUp(width, multiple);
    int paddedHeight = roundUp(height, multiple);
    double bytesPerPixel = graph.peakElementsPerPixel() * settings.precision().bytes() * WORKSPACE;
    long pixels = Math.max(1, (long) (settings.memoryBytes() / bytesPerPixel));
    int margin = roundUp(Math.min(graph.receptiveRadius(), MARGIN), multiple);
    if ((long) paddedWidth * paddedHeight <= pixels) {
      return new TilePlan(
          paddedWidth,
          paddedHeight,
          List.of(new Tile(0, 0, paddedWidth, paddedHeight, 0, 0, paddedWidth, paddedHeight)));
    }
    int side = Math.max(SMALLEST, (int) Math.sqrt((double) pixels) - 2 * margin);
    int columns = (paddedWidth + side - 1) / side;
    int rows = (paddedHeight + side - 1) / side;
    List<Tile> tiles = new ArrayList<>(rows * columns);
    for (int row = 0; row < rows; row++) {
      int top = edge(paddedHeight, row, rows, multiple);
      int bottom = edge(paddedHeight, row + 1, rows, multiple);
      for (int column = 0; column < columns; column++) {
        int left = edge(paddedWidth, column, columns, multiple);
        int right = edge(paddedWidth, column + 1, columns, multiple);
        if (top < bottom && left < right) {
          int seenLeft = Math.max(0, left - margin);
          int seenTop = Math.max(0, top - margin);
          tiles.add(
              new Tile(
                  left,
                  top,
                  right - left,
                  bottom - top,
                  seenLeft,
                  seenTop,
                  Math.min(paddedWidth, right + margin) - seenLeft,
                  Math.min(paddedHeight, bottom + margin) - seenTop));
        }
      }
    }
    return new TilePlan(paddedWidth, paddedHeight, List.copyOf(tiles));
  }

  /** The picture, mirrored at its right and lower edge up to a size that the network takes. */
  Tensor pad(Tensor picture) {
    long right = width - picture.size(3);
    long bottom = height - picture.size(2);
    while (right > 0 || bottom > 0) {
      // A mirror shows at most one pixel less than there are; a picture of one pixel is repeated
      // instead.
      int stepRight = (int) Math.min(right, picture.size(3) - 1);
      int stepBottom = (int) Math.min(bottom, picture.size(2) - 1);
      if (stepRight == 0 && right > 0) {
        picture = picture.repeatLast(3);
        right--;
      } else if (stepBottom == 0 && bottom > 0) {
        picture = picture.repeatLast(2);
        bottom--;
      } else {
        picture = picture.padReflect(stepRight, stepBottom);
        right -= stepRight;
        bottom -= stepBottom;
      }
    }
    return picture;
  }

  Tensor canvas(Tensor part, int scale) {
    return Tensor.zeros(
        Precision.FLOAT32,
        Device.CPU,
        1,
        part.size(1),
        (long) height * scale,
        (long) width * scale);
  }

  private static int edge(int size, int index, int count, int multiple) {
    return index == count ? size : (int) ((long) size * index / count) / multiple * multiple;
  }

  private static int roundUp(int value, int multiple) {
    return (value + multiple - 1) / multiple * multiple;
  }
}
