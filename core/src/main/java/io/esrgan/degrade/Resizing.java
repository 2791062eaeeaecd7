package io.esrgan.degrade;

import java.util.Arrays;

/**
 * The ways in which a picture is resized on its way through the world (Wang et al. 2021, section
 * 3.1), with the conventions of PyTorch's {@code interpolate}: pixel centres at halves, edges
 * repeated, nothing smoothed before it is shrunk (but by the mean over areas).
 */
public enum Resizing {
  /** The mean of the pixels that a pixel of the result covers, wholly or in part. */
  AREA {
    @Override
    Taps taps(int from, int to, double step) {
      int most = 0;
      for (int i = 0; i < to; i++) {
        most = Math.max(most, end(i, from, to) - start(i, from, to));
      }
      Taps taps = new Taps(to, most);
      for (int i = 0; i < to; i++) {
        int start = start(i, from, to);
        int count = end(i, from, to) - start;
        for (int k = 0; k < most; k++) {
          taps.set(i, k, Math.min(start + k, from - 1), k < count ? 1f / count : 0);
        }
      }
      return taps;
    }

    private static int start(int i, int from, int to) {
      return (int) ((long) i * from / to);
    }

    private static int end(int i, int from, int to) {
      return (int) (((long) (i + 1) * from + to - 1) / to);
    }
  },
  /** Straight lines between two pixels. */
  BILINEAR {
    @Override
    Taps taps(int from, int to, double step) {
      Taps taps = new Taps(to, 2);
      for (int i = 0; i < to; i++) {
        double place = Math.max(0, (i + 0.5) * step - 0.5);
        int left = Math.min((int) place, from - 1);
        float right = (float) (place - left);
        taps.set(i, 0, left, 1 - right);
        taps.set(i, 1, Math.min(left + 1, from - 1), right);
      }
      return taps;
    }
  },
  /** Keys's cubic with a = -0.75 over four pixels. */
  BICUBIC {
    private static final double A = -0.75;

    @Override
    Taps taps(int from, int to, double step) {
      Taps taps = new Taps(to, 4);
      for (int i = 0; i < to; i++) {
        double place = (i + 0.5) * step - 0.5;
        int left = (int) Math.floor(place);
        for (int k = 0; k < 4; k++) {
          int tap = left - 1 + k;
          taps.set(
              i, k, Math.max(0, Math.min(from - 1, tap)), (float) cubic(Math.abs(place - tap)));
        }
      }
      return taps;
    }

    private static double cubic(double x) {
      return x <= 1
          ? ((A + 2) * x - (A + 3)) * x * x + 1
          : ((A * x - 5 * A) * x + 8 * A) * x - 4 * A;
    }
  };

  /** Which pixels of a line make one of the result, and with what weights. */
  static final class Taps {
    private final int count; // for each pixel
    private final int[] places;
    private final float[] weights;

    Taps(int length, int count) {
      this.count = count;
      places = new int[length * count];
      weights = new float[length * count];
    }

    void set(int pixel, int tap, int place, float weight) {
      places[pixel * count + tap] = place;
      weights[pixel * count + tap] = weight;
    }
  }

  /** The taps of every pixel of a line; {@code step} pixels of the old line are one of the new. */
  abstract Taps taps(int from, int to, double step);

  /** Scales by a factor; sides are rounded down, but stay at least 1. */
  public Planes by(Planes planes, double factor) {
    int height = Math.max(1, (int) (planes.height() * factor));
    int width = Math.max(1, (int) (planes.width() * factor));
    return resize(planes, height, width, 1 / factor, 1 / factor);
  }

  /** Resizes to given sides. */
  public Planes to(Planes planes, int height, int width) {
    return resize(
        planes, height, width, (double) planes.height() / height, (double) planes.width() / width);
  }

  private Planes resize(Planes planes, int height, int width, double stepY, double stepX) {
    if (height == planes.height() && width == planes.width()) {
      return planes;
    }
    Taps down = taps(planes.height(), height, stepY);
    Taps right = taps(planes.width(), width, stepX);
    Planes resized = Planes.zeros(planes.channels(), height, width);
    float[] line = new float[planes.width()];
    for (int c = 0; c < planes.channels(); c++) {
      for (int y = 0; y < height; y++) {
        Arrays.fill(line, 0);
        for (int k = y * down.count; k < (y + 1) * down.count; k++) {
          int row = (c * planes.height() + down.places[k]) * planes.width();
          for (int x = 0; x < line.length; x++) {
            line[x] += down.weights[k] * planes.values()[row + x];
          }
        }
        int row = (c * height + y) * width;
        for (int k = 0; k < right.places.length; k++) {
          resized.values()[row + k / right.count] += right.weights[k] * line[right.places[k]];
        }
      }
    }
    return resized;
  }
}
