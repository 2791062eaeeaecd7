package io.esrgan.nn;

import io.esrgan.tensor.Tensor;

/** Every output a weighted sum of all inputs, with a bias. */
public final class Linear {
  private final Parameter weight; // (out, in)
  private final Parameter bias; // (out)

  /** A layer declared at {@code place}. */
  public Linear(Blueprint place, int in, int out) {
    weight = place.weight(in, out, in);
    bias = place.bias(in, out);
  }

  /** (n, in) to (n, out). */
  public Live forward(Live x) {
    Tensor result =
        x.tensor().times(x.numbers().get(weight).transposed()).plus(x.numbers().get(bias));
    return x.with(result);
  }
}
