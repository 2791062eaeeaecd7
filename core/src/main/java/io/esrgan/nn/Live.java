package io.esrgan.nn;

import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Feature maps that are computed as the forward pass goes.
 *
 * @param tensor (n, c, h, w)
 * @param numbers gives a parameter's values, in the tensor's precision
 */
public record Live(Tensor tensor, Function<Parameter, Tensor> numbers) implements Features {

  @Override
  public Features convolve(Conv2d layer) {
    Tensor bias = layer.bias() == null ? null : numbers.apply(layer.bias());
    return live(tensor.convolve(numbers.apply(layer.weight()), bias, 1, layer.padding()));
  }

  @Override
  public Features leakyRelu(double slope) {
    return live(tensor.leakyRelu(slope));
  }

  Live leakyReluInPlace(double slope) {
    return live(tensor.leakyReluInPlace(slope));
  }

  @Override
  public Features plus(Features other, double scale) {
    return live(tensor.plus(tensorOf(other), scale));
  }

  Live plusInPlace(Features other, double scale) {
    return live(tensor.plusInPlace(tensorOf(other), scale));
  }

  @Override
  public Features with(List<Features> others) {
    List<Tensor> all = new ArrayList<>(others.size() + 1);
    all.add(tensor);
    others.forEach(other -> all.add(tensorOf(other)));
    return live(Tensor.concatenate(all));
  }

  @Override
  public Features upsampleNearest(int factor) {
    return live(tensor.upsampleNearest(factor));
  }

  @Override
  public Features pixelShuffle(int factor) {
    return live(tensor.pixelShuffle(factor));
  }

  @Override
  public Features pixelUnshuffle(int factor) {
    return live(tensor.pixelUnshuffle(factor));
  }

  private Live live(Tensor result) {
    return new Live(result, numbers);
  }

  private static Tensor tensorOf(Features features) {
    if (features instanceof Live live) {
      return live.tensor;
    }
    throw new IllegalArgumentException("computed and recorded feature maps do not mix");
  }
}
