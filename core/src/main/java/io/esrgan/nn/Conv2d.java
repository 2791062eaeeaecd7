package io.esrgan.nn;

/** Convolution with a square kernel, zero padding that keeps the size at stride 1, and a bias. */
public final class Conv2d implements Layer {
  private final Parameter weight; // (out, in, kernel, kernel)
  private final Parameter bias; // (out), or null
  private final int padding;

  private Conv2d(Parameter weight, Parameter bias, int padding) {
    this.weight = weight;
    this.bias = bias;
    this.padding = padding;
  }

  /** A convolution with a bias, declared at {@code place}. */
  public Conv2d(Blueprint place, int in, int out, int kernel) {
    this(
        place.weight((long) in * kernel * kernel, out, in, kernel, kernel),
        place.bias((long) in * kernel * kernel, out),
        kernel / 2);
  }

  /** A convolution without a bias, declared at {@code place}. */
  public static Conv2d withoutBias(Blueprint place, int in, int out, int kernel) {
    return new Conv2d(
        place.weight((long) in * kernel * kernel, out, in, kernel, kernel), null, kernel / 2);
  }

  @Override
  public Features forward(Features x) {
    return x.convolve(this);
  }

  Parameter weight() {
    return weight;
  }

  Parameter bias() {
    return bias;
  }

  int padding() {
    return padding;
  }

  int inputs() {
    return Math.toIntExact(weight.shape()[1]);
  }

  int outputs() {
    return Math.toIntExact(weight.shape()[0]);
  }

  int kernel() {
    return Math.toIntExact(weight.shape()[2]);
  }
}
