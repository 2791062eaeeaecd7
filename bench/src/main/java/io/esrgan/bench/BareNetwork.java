package io.esrgan.bench;

import io.esrgan.weights.RrdbConfig;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The generator of Wang et al. 2018 as a plain loop over libtorch's own functions: what the
 * library's network is held against.
 *
 * <p>Rectifiers work in place, as in the authors' code. What a dense block allocates is freed at
 * its end. A tensor that a method returns is its caller's to close.
 */
final class BareNetwork {
  private static final double BETA = 0.2;
  private static final double SLOPE = 0.2;

  private final RrdbConfig config;
  private final Function<String, Tensor> numbers;

  /**
   * A network of plain blocks at scale 4.
   *
   * @param numbers gives a weight or bias by its key, in the format of the feature maps
   */
  BareNetwork(RrdbConfig config, Function<String, Tensor> numbers) {
    if (config.plus() || config.unshuffle() != 1 || config.scale() != 4) {
      throw new IllegalArgumentException("the bare loop has no " + config);
    }
    this.config = config;
    this.numbers = numbers;
  }

  Tensor forward(Tensor x) { // (n, c, h, w) → (n, c, 4h, 4w)
    try (PointerScope scope = new PointerScope()) {
      Tensor first = convolve("conv_first", x);
      Tensor trunk = first;
      for (int i = 0; i < config.blocks(); i++) {
        Tensor before = trunk;
        trunk = residualInResidual("body." + i, before);
        if (i > 0) {
          before.close();
        }
      }
      Tensor y = first.add(convolve("conv_body", trunk));
      trunk.close();
      try (Tensor twice = doubled("conv_up1", y);
          Tensor fourTimes = doubled("conv_up2", twice)) {
        return kept(convolve("conv_last", rectified("conv_hr", fourTimes)));
      }
    }
  }

  private Tensor residualInResidual(String name, Tensor x) {
    try (PointerScope scope = new PointerScope();
        Tensor first = denseBlock(name + ".rdb1", x);
        Tensor second = denseBlock(name + ".rdb2", first);
        Tensor third = denseBlock(name + ".rdb3", second)) {
      return kept(x.add(third, new Scalar(BETA)));
    }
  }

  private Tensor denseBlock(String name, Tensor x) {
    try (PointerScope scope = new PointerScope()) {
      TensorVector dense = new TensorVector(x);
      dense.push_back(rectified(name + ".conv1", x));
      for (int i = 2; i <= 4; i++) {
        dense.push_back(rectified(name + ".conv" + i, torch.cat(dense, 1)));
      }
      return kept(x.add(convolve(name + ".conv5", torch.cat(dense, 1)), new Scalar(BETA)));
    }
  }

  private Tensor doubled(String name, Tensor x) {
    try (PointerScope scope = new PointerScope()) {
      long[] size = {2 * x.size(2), 2 * x.size(3)};
      Tensor larger = torch.upsample_nearest2d(x, size, new DoubleOptional(), new DoubleOptional());
      return kept(rectified(name, larger));
    }
  }

  private Tensor rectified(String name, Tensor x) {
    Tensor y = convolve(name, x);
    torch.leaky_relu_(y, new Scalar(SLOPE));
    return y;
  }

  private Tensor convolve(String name, Tensor x) {
    return Convolution.of(
        x, numbers.apply(name + ".weight"), new TensorOptional(numbers.apply(name + ".bias")), 1);
  }

  /** Takes the tensor out of the scope that it was made in. */
  private static Tensor kept(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }
}
