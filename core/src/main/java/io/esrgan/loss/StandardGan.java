package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * The first GAN, with the generator's loss that does not saturate (Goodfellow et al. 2014, section
 * 3; Ledig et al. 2017, equations 2 and 6): {@code B(f, 1)} against {@code B(r, 1) + B(f, 0)}.
 */
public record StandardGan() implements AdversarialLoss {
  @Override
  public boolean isRelative() {
    return false;
  }

  @Override
  public Tensor generator(Tensor real, Tensor fake) {
    return AdversarialLoss.asReal(fake);
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return AdversarialLoss.asReal(real).plus(AdversarialLoss.asFake(fake));
  }
}
