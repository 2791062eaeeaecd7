package io.esrgan.nn;

import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;

/**
 * Convolution without a bias whose weight is divided by an estimate of its largest singular value.
 *
 * <p>Miyato et al. 2018, algorithm 1: the weight is taken as a matrix (out, in kernel kernel); in
 * training, every forward pass makes one step of the power iteration.
 */
public final class SpectralConv2d {
  private static final double SMALLEST_NORM = 1e-12; // keeps a vector of zeros from dividing by 0

  private final Parameter weight; // (out, in, kernel, kernel)
  private final Parameter left; // (out), singular vector u
  private final Parameter right; // (in kernel kernel), singular vector v
  private final int stride;
  private final int padding;

  /** A convolution declared at {@code place}, under the names that PyTorch gives its parts. */
  public SpectralConv2d(Blueprint place, int in, int out, int kernel, int stride, int padding) {
    long fanIn = (long) in * kernel * kernel;
    this.weight =
        place.special(
            "weight_orig", Parameter.Role.SPECTRAL_WEIGHT, fanIn, out, in, kernel, kernel);
    this.left = place.special("weight_u", Parameter.Role.SINGULAR_VECTOR, out, out);
    this.right = place.special("weight_v", Parameter.Role.SINGULAR_VECTOR, fanIn, fanIn);
    this.stride = stride;
    this.padding = padding;
  }

  /** The convolution; in training it changes the singular vectors. */
  public Live forward(Live x) {
    Tensor normalised = normalised(x.numbers()).to(x.tensor().precision());
    return x.with(x.tensor().convolve(normalised, null, stride, padding));
  }

  private Tensor normalised(Numbers numbers) {
    Tensor original = numbers.get(weight);
    Tensor matrix = original.reshape(left.count(), right.count());
    Tensor u = numbers.get(left);
    Tensor v = numbers.get(right);
    if (numbers.training()) {
      iterate(matrix, u, v);
    }
    // Copies, since the next forward pass changes the vectors before this one's backward pass.
    Tensor value = u.copy().dot(matrix.times(v.copy()));
    return original.dividedBy(value);
  }

  private static void iterate(Tensor matrix, Tensor u, Tensor v) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      v.assign(unit(matrix.transposed().times(u)));
      u.assign(unit(matrix.times(v)));
    }
  }

  private static Tensor unit(Tensor vector) {
    return vector.dividedBy(vector.norm().atLeast(SMALLEST_NORM));
  }
}
