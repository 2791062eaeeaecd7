package io.esrgan.nn;

/** Convolution with a square kernel and zero padding. */
public final class Conv2d implements Layer {
  private final Parameter weight; // (out, in, kernel, kernel)
  private final Parameter bias; // (out), or null
  private final int stride;
  private final int padding;

  private Conv2d(Parameter weight, Parameter bias, int stride, int padding) {
    this.weight = weight;
    this.bias = bias;
    this.stride = stride;
    this.padding = padding;
  }

  /** A convolution that keeps the size, with a bias, declared at {@code place}. */
  public Conv2d(Blueprint place, int in, int out, int kernel) {
    this(place, in, out, kernel, 1, kernel / 2, true);
  }

  /** A convolution declared at {@code place}. */
  public Conv2d(
      Blueprint place, int in, int out, int kernel, int stride, int padding, boolean biased) {
    this(
        place.weight(fanIn(in, kernel), out, in, kernel, kernel),
        biased ? place.bias(fanIn(in, kernel), out) : null,
        stride,
        padding);
  }

  /** A convolution that keeps the size, without a bias, declared at {@code place}. */
  public static Conv2d withoutBias(Blueprint place, int in, int out, int kernel) {
    return new Conv2d(place, in, out, kernel, 1, kernel / 2, false);
  }

  private static long fanIn(int in, int kernel) {
    return (long) in * kernel * kernel;
  }

  @Override
  public Features forward(Features x) {
    return x.convolve(this);
  }

  /** The convolution of computed feature maps. */
  public Live forward(Live x) {
    return x.convolve(this);
  }

  /** What the inputs are multiplied with: (out, in, kernel, kernel). */
  public Parameter weight() {
    return weight;
  }

  /** What is added: (out); null where nothing is. */
  public Parameter bias() {
    return bias;
  }

  /** Pixels from one output to the next. */
  public int stride() {
    return stride;
  }

  /** Zeros around the input, on each side. */
  public int padding() {
    return padding;
  }

  /** Channels that go in. */
  public int inputs() {
    return Math.toIntExact(weight.shape()[1]);
  }

  /** Channels that come out. */
  public int outputs() {
    return Math.toIntExact(weight.shape()[0]);
  }

  /** Side of the kernel. */
  public int kernel() {
    return Math.toIntExact(weight.shape()[2]);
  }
}
