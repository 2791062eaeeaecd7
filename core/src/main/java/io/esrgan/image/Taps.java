package io.esrgan.image;

/**
 * One axis of a bicubic resize: which input samples make each output sample, and with what weights.
 *
 * <p>MATLAB's imresize: Keys' cubic with a = -1/2, stretched by the scale when shrinking, which is
 * its antialiasing; weights sum to 1.
 */
final class Taps {
  /** Input samples for each output sample. */
  final int perOutput;

  /** Where they are: {@code perOutput} for output 0, then for output 1, ... */
  final int[] index;

  /** Their weights, laid out as {@link #index}. */
  final double[] weight;

  private final int outputs;

  private Taps(int outputs, int perOutput, int[] index, double[] weight) {
    this.outputs = outputs;
    this.perOutput = perOutput;
    this.index = index;
    this.weight = weight;
  }

  int outputs() {
    return outputs;
  }

  /**
   * @param inputs length of the input axis
   * @param outputs length of the output axis
   * @param scale output pixels for one input pixel
   * @param mirrored whether the border is a mirror that repeats the edge; else the edge goes on
   */
  static Taps of(int inputs, int outputs, double scale, boolean mirrored) {
    double stretch = Math.min(scale, 1);
    double support = 4 / stretch;
    int candidates = (int) Math.ceil(support) + 2;
    double[] weight = new double[outputs * candidates];
    int[] position = new int[outputs];
    int first = candidates;
    int last = 0;
    for (int i = 0; i < outputs; i++) {
      double centre = (i + 0.5) / scale - 0.5;
      position[i] = (int) Math.floor(centre - support / 2);
      double sum = 0;
      for (int k = 0; k < candidates; k++) {
        double w = cubic(stretch * (centre - position[i] - k));
        weight[i * candidates + k] = w;
        sum += w;
        if (w != 0) {
          first = Math.min(first, k);
          last = Math.max(last, k);
        }
      }
      for (int k = 0; k < candidates; k++) {
        weight[i * candidates + k] /= sum;
      }
    }
    int kept = last - first + 1;
    int[] index = new int[outputs * kept];
    double[] keptWeight = new double[outputs * kept];
    for (int i = 0; i < outputs; i++) {
      for (int k = 0; k < kept; k++) {
        int at = position[i] + first + k;
        index[i * kept + k] = mirrored ? mirror(at, inputs) : Math.max(0, Math.min(inputs - 1, at));
        keptWeight[i * kept + k] = weight[i * candidates + first + k];
      }
    }
    return new Taps(outputs, kept, index, keptWeight);
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
