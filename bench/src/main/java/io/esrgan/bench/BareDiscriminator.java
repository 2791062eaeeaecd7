package io.esrgan.bench;

import io.esrgan.weights.VggDiscriminatorConfig;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The VGG-style discriminator of Wang et al. 2018 as a plain loop, in training: batch normalisation
 * uses each batch's own statistics and moves the running ones.
 *
 * <p>Rectifiers work in place. What a stage allocates is freed at its end. A tensor that a method
 * returns is its caller's to close.
 */
final class BareDiscriminator {
  private static final double SLOPE = 0.2;
  private static final double MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;

  private final int stages;
  private final BareParameters parameters;

  /** A network whose normalised convolutions have no bias. */
  BareDiscriminator(VggDiscriminatorConfig config, BareParameters parameters) {
    if (config.biased()) {
      throw new IllegalArgumentException("the bare loop has no " + config);
    }
    this.stages = config.stages();
    this.parameters = parameters;
  }

  /** Logits from which gradients reach the weights. */
  Tensor learning(Tensor pictures) {
    return logits(pictures, parameters::learning, parameters::exact);
  }

  /** Logits from which gradients reach the pictures only. */
  Tensor held(Tensor pictures) {
    return logits(pictures, parameters::held, name -> parameters.exact(name).detach());
  }

  /** (n, c, h, w) to (n, 1) in float32. */
  private Tensor logits(
      Tensor pictures, Function<String, Tensor> numbers, Function<String, Tensor> exact) {
    try (PointerScope scope = new PointerScope()) {
      Tensor x = pictures;
      for (int i = 0; i < stages; i++) {
        Tensor before = x;
        x = stage(i, before, numbers, exact);
        if (i > 0) {
          before.close();
        }
      }
      Tensor flat = x.flatten(1, -1);
      x.close();
      Tensor hidden = linear("linear1", flat, numbers);
      torch.leaky_relu_(hidden, new Scalar(SLOPE));
      Tensor logits = linear("linear2", hidden, numbers).to(ScalarType.Float);
      logits.retainReference();
      return logits;
    }
  }

  private static Tensor stage(
      int number, Tensor x, Function<String, Tensor> numbers, Function<String, Tensor> exact) {
    String conv = "conv" + number + "_";
    String norm = "bn" + number + "_";
    try (PointerScope scope = new PointerScope()) {
      Tensor y;
      if (number == 0) {
        TensorOptional bias = new TensorOptional(numbers.apply(conv + "0.bias"));
        y = Convolution.of(x, numbers.apply(conv + "0.weight"), bias, 1);
      } else {
        y = normalised(norm + 0, plain(conv + 0, x, 1, numbers), exact);
      }
      torch.leaky_relu_(y, new Scalar(SLOPE));
      Tensor halved = normalised(norm + 1, plain(conv + 1, y, 2, numbers), exact);
      torch.leaky_relu_(halved, new Scalar(SLOPE));
      halved.retainReference();
      return halved;
    }
  }

  private static Tensor plain(
      String name, Tensor x, long stride, Function<String, Tensor> numbers) {
    return Convolution.of(x, numbers.apply(name + ".weight"), new TensorOptional(), stride);
  }

  private static Tensor normalised(String name, Tensor x, Function<String, Tensor> exact) {
    return torch.batch_norm(
        x,
        new TensorOptional(exact.apply(name + ".weight")),
        new TensorOptional(exact.apply(name + ".bias")),
        new TensorOptional(exact.apply(name + ".running_mean")),
        new TensorOptional(exact.apply(name + ".running_var")),
        true,
        MOMENTUM,
        EPSILON,
        true);
  }

  private static Tensor linear(String name, Tensor x, Function<String, Tensor> numbers) {
    return torch.linear(
        x, numbers.apply(name + ".weight"), new TensorOptional(numbers.apply(name + ".bias")));
  }
}
