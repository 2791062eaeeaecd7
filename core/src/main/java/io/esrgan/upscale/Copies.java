package io.esrgan.upscale;

import io.esrgan.tensor.Tensor;
import java.util.Collections;

/** One plane in a network that takes several: it is shown as all of them, and the mean is taken. */
final class Copies {
  private Copies() {}

  /** The plane as often as a network has channels: (1, 1, h, w) → (1, number, h, w). */
  static Tensor of(Tensor plane, int number) {
    return Tensor.concatenate(Collections.nCopies(number, plane));
  }

  /** The mean of planes: (1, c, h, w) → (1, 1, h, w). */
  static Tensor mean(Tensor planes) {
    Tensor sum = planes.slice(1, 0, 1);
    for (int c = 1; c < planes.size(1); c++) {
      sum = sum.plus(planes.slice(1, c, 1));
    }
    return sum.times(1.0 / planes.size(1));
  }
}
