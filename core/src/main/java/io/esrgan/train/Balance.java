package io.esrgan.train;

import io.esrgan.tensor.Tensor;
import java.util.Map;

/**
 * Whether the discriminator learns in the next step: only while it is not too good already, so that
 * it leaves the generator something to learn.
 *
 * <p>Sajjadi et al. 2017, section 4.2.4: it is trained if its performance on either the real or the
 * generated pictures of the step before was below a threshold. Here performance is the probability
 * that it gives to the truth, in the mean over its logits.
 */
final class Balance {
  /** What a step that is balanced measures: performance on real and on generated pictures. */
  static final String ON_REAL = "right-real";

  static final String ON_FAKE = "right-fake";

  private final double threshold;
  private boolean learns = true;

  /**
   * @param threshold in (0, 1]; 1 for a discriminator that always learns
   */
  Balance(double threshold) {
    this.threshold = threshold;
  }

  /** Whether performance is looked at at all. */
  boolean isHeld() {
    return threshold < 1;
  }

  /** Whether the discriminator learns in the coming step. */
  boolean learns() {
    return learns;
  }

  /** Notes the performance in a step. */
  static void measure(Tensor real, Tensor fake, Tally tally) {
    tally.add(ON_REAL, real.sigmoid().mean());
    tally.add(ON_FAKE, fake.times(-1).sigmoid().mean());
  }

  /** Decides on the next step by what this one measured. */
  void decide(Map<String, Double> values) {
    learns = !isHeld() || values.get(ON_REAL) < threshold || values.get(ON_FAKE) < threshold;
  }

  /** Puts it back to where it stood at a checkpoint. */
  void restore(boolean learned) {
    learns = learned;
  }
}
