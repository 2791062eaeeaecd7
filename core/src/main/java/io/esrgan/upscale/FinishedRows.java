package io.esrgan.upscale;

import io.esrgan.exec.RowSink;
import io.esrgan.exec.RowSource;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Finish} for all planes of a network's result as its rows become final; passes them through
 * the heap some at a time.
 */
final class FinishedRows implements RowSink {
  private static final int VALUES = 1 << 20; // in the heap at a time

  private final RowSource low;
  private final int lowHeight;
  private final int scale;
  private final boolean needsLow;
  private final RowSink result;
  private final List<Plane> planes = new ArrayList<>();
  private final int resultWidth;
  private int lowRows; // given to the planes so far
  private int made; // rows handed on

  /**
   * @param low what the network was given, (1, c, h, w); asked for its rows once, behind the
   *     network
   * @param width of it, as {@code height}
   * @param scale the network's
   * @param result gets the finished rows
   */
  FinishedRows(
      RowSource low,
      int channels,
      int width,
      int height,
      int scale,
      UpscaleOptions options,
      RowSink result) {
    this.low = low;
    this.lowHeight = height;
    this.scale = scale;
    this.needsLow = options.backProjections() > 0;
    this.result = result;
    this.resultWidth = options.side(width, scale);
    for (int c = 0; c < channels; c++) {
      planes.add(new Plane(width, height, scale, options));
    }
  }

  /** A whole result, finished; float32 on the CPU. */
  static Tensor of(Tensor low, Tensor high, int scale, UpscaleOptions options) {
    if (Finish.isNothing(options, scale)) {
      return high;
    }
    int height = (int) low.size(2);
    int width = (int) low.size(3);
    Tensor whole =
        Tensor.zeros(
            Precision.FLOAT32,
            Device.CPU,
            1,
            low.size(1),
            options.side(height, scale),
            options.side(width, scale));
    RowSink into = (y, rows) -> whole.slice(2, y, rows.size(2)).assign(rows);
    int channels = (int) low.size(1);
    try {
      new FinishedRows(RowSource.of(low), channels, width, height, scale, options, into)
          .rows(0, high);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // tensors are read and written without files
    }
    return whole;
  }

  @Override
  public void rows(int from, Tensor high) throws IOException {
    int count = (int) high.size(2);
    int step = Math.max(1, VALUES / (int) (high.size(1) * high.size(3)));
    for (int y = 0; y < count; y += step) {
      int some = Math.min(step, count - y);
      if (needsLow) {
        low((from + y + some - 1) / scale + 1);
      }
      give(high.slice(2, y, some), false);
      handOn();
    }
  }

  /** So many rows of the input, from its top, are to have been given. */
  private void low(int rows) throws IOException {
    int missing = Math.min(rows, lowHeight) - lowRows;
    if (missing > 0) {
      try (Scope scope = Scope.open()) {
        give(low.rows(lowRows, missing), true);
      }
      lowRows += missing;
    }
  }

  private void give(Tensor rows, boolean areLow) {
    float[] values;
    try (Scope scope = Scope.open()) {
      values = rows.toFloats();
    }
    int width = (int) rows.size(3);
    int ofPlane = values.length / planes.size();
    for (int at = 0; at < values.length; at += width) {
      double[] row = new double[width];
      for (int x = 0; x < width; x++) {
        row[x] = values[at + x];
      }
      Finish finish = planes.get(at / ofPlane).finish;
      if (areLow) {
        finish.low(row);
      } else {
        finish.high(row);
      }
    }
  }

  private void handOn() throws IOException {
    int most = Math.max(1, VALUES / (planes.size() * resultWidth));
    int there = planes.get(0).rows.size();
    for (int first = 0; first < there; first += most) {
      int some = Math.min(most, there - first);
      float[] values = new float[planes.size() * some * resultWidth];
      int at = 0;
      for (Plane plane : planes) {
        for (float[] row : plane.rows.subList(first, first + some)) {
          System.arraycopy(row, 0, values, at, resultWidth);
          at += resultWidth;
        }
      }
      try (Scope scope = Scope.open()) {
        result.rows(made, Tensor.of(values, 1, planes.size(), some, resultWidth));
      }
      made += some;
    }
    planes.forEach(plane -> plane.rows.clear());
  }

  /** One plane, and its rows that are finished. */
  private static final class Plane {
    private final Finish finish;
    private final List<float[]> rows = new ArrayList<>();

    Plane(int width, int height, int scale, UpscaleOptions options) {
      this.finish = new Finish(width, height, scale, options, this::add);
    }

    private void add(double[] row) {
      float[] rounded = new float[row.length];
      for (int x = 0; x < row.length; x++) {
        rounded[x] = (float) row[x];
      }
      rows.add(rounded);
    }
  }
}
