package io.esrgan.nn;

import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Feature maps that are computed as the forward pass goes.
 *
 * @param tensor (n, c, h, w)
 * @param numbers gives the parameters' values
 */
public record Live(Tensor tensor, Numbers numbers) implements Features {

  @Override
  public Live convolve(Conv2d layer) {
    return convolve(layer, layer.padding());
  }

  /** Convolution of rows among which those outside the picture are, as zeros. */
  Live convolveRows(Conv2d layer) {
    return convolve(layer, 0);
  }

  private Live convolve(Conv2d layer, int rows) {
    Tensor bias = layer.bias() == null ? null : numbers.get(layer.bias());
    return with(
        tensor.convolve(numbers.get(layer.weight()), bias, layer.stride(), rows, layer.padding()));
  }

  @Override
  public Live leakyRelu(double slope) {
    return with(tensor.leakyRelu(slope));
  }

  Live leakyReluInPlace(double slope) {
    return with(tensor.leakyReluInPlace(slope));
  }

  @Override
  public Live parametricRelu(PRelu layer) {
    return with(tensor.parametricRelu(numbers.get(layer.slopes())));
  }

  @Override
  public Live normalise(BatchNorm2d layer) {
    return with(
        tensor.batchNorm(
            numbers.get(layer.scale()),
            numbers.get(layer.shift()),
            numbers.get(layer.mean()),
            numbers.get(layer.variance()),
            numbers.training(),
            BatchNorm2d.MOMENTUM,
            BatchNorm2d.EPSILON));
  }

  @Override
  public Live affine(double scale, double... shift) {
    return with(tensor.affine(scale, shift));
  }

  @Override
  public Live mix(double[][] matrix) {
    return with(tensor.mix(matrix));
  }

  @Override
  public Live attend(ChannelAttention layer) {
    Live gates =
        with(tensor.mapMeans())
            .convolve(layer.squeeze())
            .leakyRelu(0)
            .convolve(layer.excite()); // (n, c, 1, 1)
    return with(tensor.timesChannels(gates.tensor.sigmoid()));
  }

  @Override
  public Live plus(Features other, double scale) {
    return with(tensor.plus(tensorOf(other), scale));
  }

  Live plusInPlace(Features other, double scale) {
    return with(tensor.plusInPlace(tensorOf(other), scale));
  }

  @Override
  public Live with(List<Features> others) {
    List<Tensor> all = new ArrayList<>(others.size() + 1);
    all.add(tensor);
    others.forEach(other -> all.add(tensorOf(other)));
    return with(Tensor.concatenate(all));
  }

  @Override
  public Live upsampleNearest(int factor) {
    return with(tensor.upsampleNearest(factor));
  }

  @Override
  public Live upsample(Interpolation interpolation, int factor) {
    Tensor framed = tensor.padRepeat(2, interpolation.before(), interpolation.after());
    return with(framed).upsampleRows(interpolation, factor);
  }

  /** Enlarging of rows among which those outside the picture are, as copies of its edge. */
  Live upsampleRows(Interpolation interpolation, int factor) {
    double[][] taps = interpolation.taps(factor);
    Tensor framed = tensor.padRepeat(3, interpolation.before(), interpolation.after());
    return with(framed.interpolate(2, taps).interpolate(3, taps));
  }

  @Override
  public Live pixelShuffle(int factor) {
    return with(tensor.pixelShuffle(factor));
  }

  @Override
  public Live pixelUnshuffle(int factor) {
    return with(tensor.pixelUnshuffle(factor));
  }

  /** Another tensor beside the same numbers. */
  public Live with(Tensor result) {
    return new Live(result, numbers);
  }

  private static Tensor tensorOf(Features features) {
    if (features instanceof Live live) {
      return live.tensor;
    }
    throw new IllegalArgumentException("computed and recorded feature maps do not mix");
  }
}
