package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * The relativistic average GAN: is a real picture more real than fake ones are on average, and a
 * fake one less (Jolicoeur-Martineau 2018; Wang et al. 2018, section 3.2, equations 1 and 2)?
 *
 * <p>With the mean M of a batch's logits, real r and fake f:
 *
 * <pre>
 * discriminator   ½ [B(r - M(f), 1) + B(f - M(r), 0)]
 * generator       ½ [B(r - M(f), 0) + B(f - M(r), 1)]
 * </pre>
 *
 * <p>The paper's equations have no ½; the authors' code has it, and so have the weights that it was
 * published with. The forms differ in the discriminator's gradient.
 */
public record RelativisticAverageGan(Form form) implements AdversarialLoss {

  /** Through which terms of the discriminator's loss gradients flow. */
  public enum Form {
    /** All of them, as the paper's equations say and its authors trained. */
    PAPER,
    /** Not the means, as in later versions of BasicSR. */
    BASICSR
  }

  @Override
  public boolean isRelative() {
    return true;
  }

  @Override
  public Tensor generator(Tensor real, Tensor fake) {
    Tensor moreReal = AdversarialLoss.asFake(real.minus(fake.mean()));
    Tensor lessReal = AdversarialLoss.asReal(fake.minus(real.mean()));
    return moreReal.plus(lessReal).times(0.5);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    boolean held = form == Form.BASICSR;
    Tensor meanReal = held ? real.mean().detach() : real.mean();
    Tensor meanFake = held ? fake.mean().detach() : fake.mean();
    Tensor moreReal = AdversarialLoss.asReal(real.minus(meanFake));
    Tensor lessReal = AdversarialLoss.asFake(fake.minus(meanReal));
    return moreReal.plus(lessReal).times(0.5);
  }
}
