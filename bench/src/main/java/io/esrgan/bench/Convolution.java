package io.esrgan.bench;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** libtorch's convolution of squares, with its long list of arguments. */
final class Convolution {
  private Convolution() {}

  /** The convolution with a padding of 1. */
  static Tensor of(Tensor x, Tensor weight, TensorOptional bias, long stride) {
    return torch.conv2d(
        x, weight, bias, new long[] {stride, stride}, new long[] {1, 1}, new long[] {1, 1}, 1);
  }
}
