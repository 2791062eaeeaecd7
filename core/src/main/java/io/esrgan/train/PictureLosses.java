package io.esrgan.train;

import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.List;

/**
 * What a generator's pictures are held against the real ones by: a weighted sum of differences of
 * pixels and of features.
 *
 * @param pixels at least one, unless features are compared
 * @param features which cost a passage through their network each
 */
record PictureLosses(List<Term<PixelLoss>> pixels, List<Term<PerceptualLoss>> features) {

  /** A loss and its weight, under its name in the recipe. */
  record Term<L>(LossKind kind, L loss, double weight) {
    String name() {
      return Words.of(kind);
    }
  }

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
    for (Term<PixelLoss> term : pixels) {
      sum = add(sum, term, term.loss().of(exact, target), tally);
    }
    for (Term<PerceptualLoss> term : features) {
      sum = add(sum, term, term.loss().of(fake, real), tally);
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

  private static Tensor add(Tensor sum, Term<?> term, Tensor value, Tally tally) {
    tally.add(term.name(), value);
    Tensor weighted = value.times(term.weight());
    return sum == null ? weighted : sum.plus(weighted);
  }
}
