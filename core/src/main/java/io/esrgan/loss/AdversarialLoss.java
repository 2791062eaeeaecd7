package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * What generator and discriminator minimise against each other, as losses of the discriminator's
 * logits; means over all logits of a batch.
 *
 * <p>With the cross entropy {@code B(z, 1) = -log(sigmoid(z))} and {@code B(z, 0) = -log(1 -
 * sigmoid(z))} of a logit z.
 */
public sealed interface AdversarialLoss
    permits RelativisticAverageGan, StandardGan, LeastSquaresGan {

  /** Whether the generator's loss depends on the logits of real pictures. */
  boolean isRelative();

  /**
   * The generator's loss.
   *
   * @param real logits of real pictures, without gradient; anything where it is not relative
   * @param fake logits of generated pictures, the same shape
   * @return one element
   */
  Tensor generator(Tensor real, Tensor fake);

  /**
   * The discriminator's loss.
   *
   * @param real logits of real pictures
   * @param fake logits of generated pictures, the same shape
   * @return one element
   */
  Tensor discriminator(Tensor real, Tensor fake);

  /** {@code -log(sigmoid(logit))}, the mean: the cross entropy with the label "real". */
  static Tensor asReal(Tensor logits) {
    return logits.times(-1).softplus().mean();
  }

  /** {@code -log(1 - sigmoid(logit))}, the mean: the cross entropy with the label "fake". */
  static Tensor asFake(Tensor logits) {
    return logits.softplus().mean();
  }
}
