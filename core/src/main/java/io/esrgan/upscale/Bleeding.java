package io.esrgan.upscale;

import io.esrgan.tensor.Tensor;

/**
 * Carries colours on into fully transparent pixels.
 *
 * <p>What a file stores there, often black, is seen by nobody until a network or a filter mixes it
 * into the edge, where it shows as a dark or bright halo. Colours are averaged into ever smaller
 * pictures, each pixel weighted by its alpha, and what is transparent takes its colour from the
 * smallest enlargement that covers it (the pull-push scheme of Gortler et al. 1996, with
 * nearest-neighbour pushes).
 */
final class Bleeding {
  private Bleeding() {}

  /**
   * The colours with transparent pixels filled.
   *
   * @param colours (1, c, h, w) in [0, 1]
   * @param alpha (1, 1, h, w) in [0, 1]
   */
  static Tensor into(Tensor colours, Tensor alpha) {
    int channels = (int) colours.size(1);
    int height = (int) colours.size(2);
    int width = (int) colours.size(3);
    float[] values = colours.toFloats();
    float[] weights = alpha.toFloats();
    fill(values, weights, channels, height, width);
    return Tensor.of(values, 1, channels, height, width);
  }

  private static void fill(float[] values, float[] weights, int channels, int height, int width) {
    if ((height == 1 && width == 1) || !anyTransparent(weights)) {
      return;
    }
    int halfHeight = (height + 1) / 2;
    int halfWidth = (width + 1) / 2;
    float[] halfValues = new float[channels * halfHeight * halfWidth];
    float[] halfWeights = new float[halfHeight * halfWidth];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float weight = weights[y * width + x];
        int half = y / 2 * halfWidth + x / 2;
        halfWeights[half] += weight;
        for (int c = 0; c < channels; c++) {
          halfValues[c * halfWeights.length + half] +=
              weight * values[(c * height + y) * width + x];
        }
      }
    }
    for (int i = 0; i < halfWeights.length; i++) {
      for (int c = 0; c < channels && halfWeights[i] > 0; c++) {
        halfValues[c * halfWeights.length + i] /= halfWeights[i];
      }
    }
    fill(halfValues, halfWeights, channels, halfHeight, halfWidth);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (weights[y * width + x] == 0) {
          int half = y / 2 * halfWidth + x / 2;
          for (int c = 0; c < channels; c++) {
            values[(c * height + y) * width + x] = halfValues[c * halfWeights.length + half];
          }
        }
      }
    }
  }

  private static boolean anyTransparent(float[] weights) {
    for (float weight : weights) {
      if (weight == 0) {
        return true;
      }
    }
    return false;
  }
}
