package io.esrgan.upscale;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;

/** {@link Finish} for planes that are there as a whole; passes them through the heap in bands. */
final class FinishedPlanes {
  private static final int BAND = 16; // rows of the input

  private FinishedPlanes() {}

  /**
   * The network's result, finished.
   *
   * @param low what the network was given, (1, c, h, w)
   * @param high what it made of it, (1, c, scale h, scale w)
   * @return float32 on the CPU; {@code high} itself if there is nothing to do
   */
  static Tensor of(Tensor low, Tensor high, int scale, UpscaleOptions options) {
    if (Finish.isNothing(options, scale)) {
      return high;
    }
    int height = (int) low.size(2);
    int width = (int) low.size(3);
    int newHeight = options.side(height, scale);
    int newWidth = options.side(width, scale);
    Tensor result =
        Tensor.zeros(Precision.FLOAT32, Device.CPU, 1, low.size(1), newHeight, newWidth);
    for (int c = 0; c < low.size(1); c++) {
      try (Scope scope = Scope.open()) {
        Band made = new Band(result.slice(1, c, 1));
        Finish finish = new Finish(width, height, scale, options, made::add);
        Tensor lowPlane = low.slice(1, c, 1);
        Tensor highPlane = high.slice(1, c, 1);
        for (int y = 0; y < height; y += BAND) {
          int rows = Math.min(BAND, height - y);
          read(lowPlane, y, rows, finish::low);
          read(highPlane, y * scale, rows * scale, finish::high);
        }
        made.flush();
      }
    }
    return result;
  }

  private static void read(Tensor plane, int from, int rows, Consumer<double[]> to) {
    float[] values;
    try (Scope scope = Scope.open()) {
      values = plane.slice(2, from, rows).toFloats();
    }
    int width = (int) plane.size(3);
    for (int start = 0; start < values.length; start += width) {
      double[] row = new double[width];
      for (int x = 0; x < width; x++) {
        row[x] = values[start + x];
      }
      to.accept(row);
    }
  }

  /** Gathers rows and puts them into a plane several at a time. */
  private static final class Band {
    private final Tensor plane; // (1, 1, h, w)
    private final float[] values;
    private final int width;
    private int filled;
    private int top;

    Band(Tensor plane) {
      this.plane = plane;
      this.width = (int) plane.size(3);
      this.values = new float[(int) Math.min(4 * BAND, plane.size(2)) * width];
    }

    void add(double[] row) {
      for (double value : row) {
        values[filled++] = (float) value;
      }
      if (filled == values.length) {
        flush();
      }
    }

    void flush() {
      int rows = filled / width;
      if (rows > 0) {
        try (Scope scope = Scope.open()) {
          float[] band = filled == values.length ? values : Arrays.copyOf(values, filled);
          plane.slice(2, top, rows).assign(Tensor.of(band, 1, 1, rows, width));
        }
        top += rows;
        filled = 0;
      }
    }
  }
}
