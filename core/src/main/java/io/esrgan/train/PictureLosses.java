package io.esrgan.train;

import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * What a generator's pictures are held against the real ones by: a weighted sum of differences of
 * pixels and, where it is asked for, of features.
 *
 * @param pixels at least one, unless there is a perceptual loss
 * @param perceptual none where features are not compared
 * @param perceptualWeight what it is multiplied with
 */
record PictureLosses(
    List<Term> pixels, Optional<PerceptualLoss> perceptual, double perceptualWeight) {

  /** A loss of pixels, under its name in the recipe. */
  record Term(String name, PixelLoss loss, double weight) {}

  /**
   * The weighted sum, whose terms are noted unweighted.
   *
   * @param fake (n, c, h, w), carrying gradient
   * @param real the same shape and precision
   * @param target the real pictures in float32
   */
  Tensor of(Tensor fake, Tensor real, Tensor target, Tally tally) {
    Tensor sum = null;
    Tensor exact = fake.to(Precision.FLOAT32);
    noteDifference(exact, target, tally);
    for (Term term : pixels) {
      Tensor value = term.loss().of(exact, target);
      tally.add(term.name(), value);
      sum = add(sum, value.times(term.weight()));
    }
    if (perceptual.isPresent()) {
      Tensor value = perceptual.get().of(fake, real);
      tally.add(Words.of(LossKind.PERCEPTUAL), value);
      sum = add(sum, value.times(perceptualWeight));
    }
    return sum;
  }

  /** Noted even where it is not weighed: a generator that has collapsed is known by it. */
  private void noteDifference(Tensor fake, Tensor target, Tally tally) {
    if (pixels.stream().noneMatch(term -> term.name().equals(Losses.DIFFERENCE))) {
      try (Scope scope = Scope.open();
          Gradients none = Gradients.off()) {
        tally.add(Losses.DIFFERENCE, PixelLoss.L1.of(fake, target));
      }
    }
  }

  private static Tensor add(Tensor sum, Tensor term) {
    return sum == null ? term : sum.plus(term);
  }
}
