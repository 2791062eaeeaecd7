package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Enlarging by convolutions whose channels are folded into pixels (Shi et al. 2016): by two as
 * often as the scale asks, or once by three. Nothing is rectified in between.
 */
final class PixelUpsampling implements Layer {
  private final List<Conv2d> convolutions = new ArrayList<>();
  private final int factor; // of each

  /** For a scale of 1, 3 or a power of two. */
  PixelUpsampling(Blueprint place, int features, int scale) {
    factor = scale == 3 ? 3 : 2;
    int out = features * factor * factor;
    for (int rest = scale; rest > 1; rest /= factor) {
      // Odd places in the authors' list have the folding.
      Blueprint part = place.within(Integer.toString(2 * convolutions.size()));
      convolutions.add(new Conv2d(part, features, out, 3));
    }
  }

  @Override
  public Features forward(Features x) { // (n, nf, h, w) → (n, nf, scale h, scale w)
    for (Conv2d convolution : convolutions) {
      x = convolution.forward(x).pixelShuffle(factor);
    }
    return x;
  }
}
