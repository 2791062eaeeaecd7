package io.esrgan.loss;

import io.esrgan.tensor.Tensor;

/**
 * Least squares in place of the cross entropy, labels 1 for real and 0 for fake (Mao et al. 2017,
 * equation 9): {@code (f - 1)²} against {@code (r - 1)² + f²}, means.
 *
 * <p>Without the paper's ½, as BasicSR has it.
 */
public record LeastSquaresGan() implements AdversarialLoss {
  @Override
  public boolean isRelative() {
    return false;
  }

  @Override
  public Tensor generator(Tensor real, Tensor fake) {
    return fake.plus(-1).square().mean();
  }

  @Override
  public Tensor discriminator(Tensor real, Tensor fake) {
    return real.plus(-1).square().mean().plus(fake.square().mean());
  }
}
