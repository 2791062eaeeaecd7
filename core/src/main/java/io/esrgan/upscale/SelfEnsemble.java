package io.esrgan.upscale;

import io.esrgan.image.Orientation;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.function.UnaryOperator;

/**
 * The geometric self-ensemble: a network's answers to the eight orientations of a picture, turned
 * back and averaged in float32 (Timofte et al. 2016; Lim et al. 2017, section 3.4).
 */
final class SelfEnsemble {
  private SelfEnsemble() {}

  /**
   * The mean answer.
   *
   * @param picture (1, c, h, w)
   * @param network makes (1, c, s h, s w) of (1, c, h, w), and also of (1, c, w, h)
   */
  static Tensor mean(Tensor picture, UnaryOperator<Tensor> network) {
    Orientation[] orientations = Orientation.values();
    Tensor sum = null;
    for (Orientation orientation : orientations) {
      try (Scope scope = Scope.open()) {
        Tensor answer = turnedBack(network.apply(turned(picture, orientation)), orientation);
        if (sum == null) {
          sum = scope.keep(answer.copy());
        } else {
          sum.plusInPlace(answer, 1);
        }
      }
    }
    return sum.timesInPlace(1.0 / orientations.length);
  }

  static Tensor turned(Tensor picture, Orientation orientation) {
    Tensor straight = straightened(picture, orientation);
    return orientation.swaps() ? straight.mapsTransposed() : straight;
  }

  private static Tensor turnedBack(Tensor answer, Orientation orientation) {
    return straightened(orientation.swaps() ? answer.mapsTransposed() : answer, orientation);
  }

  private static Tensor straightened(Tensor maps, Orientation orientation) {
    Tensor fromLeft = orientation.fromRight() ? maps.reversed(3) : maps;
    return orientation.fromBottom() ? fromLeft.reversed(2) : fromLeft;
  }
}
