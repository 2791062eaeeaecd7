package io.esrgan.image;

/**
 * One axis of a bicubic resize: which input samples make each output sample, and with what weights.
 *
 * <p>MATLAB's imresize: Keys' cubic with a = -1/2, stretched by the scale when shrinking, which is
 * its antialiasing; weights sum to 1. Nothing is stored: an axis may be as long as it likes.
 */
final class Taps {
  private final int inputs;
  private final int outputs;
  private final double scale;
  private final double stretch;
  private final double support;
  private final boolean mirrored;

  /**
   * @param inputs length of the input axis
   * @param outputs length of the output axis
   * @param scale output pixels for one input pixel
   * @param mirrored whether the border is a mirror that repeats the edge; else the edge goes on
   */
  Taps(int inputs, int outputs, double scale, boolean mirrored) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.scale = scale;
    this.stretch = Math.min(scale, 1);
    this.support = 4 / stretch;
    this.mirrored = mirrored;
  }

  int inputs() {
    return inputs;
  }

  int outputs() {
    return outputs;
  }

  /** The most input samples that an output sample can be made of. */
  int most() {
    return (int) Math.ceil(support) + 2;
  }

  /**
   * What output {@code i} is made of.
   *
   * @param index where the input samples are, from {@code offset} on
   * @param weight their weights, likewise
   * @return how many they are
   */
  int of(int i, int[] index, double[] weight, int offset) {
    double centre = (i + 0.5) / scale - 0.5;
    int position = (int) Math.floor(centre - support / 2);
    int count = 0;
    double sum = 0;
    for (int k = 0; k < most(); k++) {
      double w = cubic(stretch * (centre - position - k));
      if (w != 0) {
        int at = position + k;
        index[offset + count] =
            mirrored ? mirror(at, inputs) : Math.max(0, Math.min(inputs - 1, at));
        weight[offset + count] = w;
        sum += w;
        count++;
      }
    }
    for (int k = offset; k < offset + count; k++) {
      weight[k] /= sum;
    }
    return count;
  }

  /** Keys 1981, equation 4 with a = -1/2. */
  static double cubic(double distance) {
    double x = Math.abs(distance);
    if (x <= 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x <= 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
  }

  private static int mirror(int at, int length) {
    int folded = Math.floorMod(at, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
