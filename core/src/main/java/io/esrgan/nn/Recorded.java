package io.esrgan.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Feature maps that exist only as a node of the graph being recorded. */
final class Recorded implements Features {
  private final Graph.Recorder recorder;
  private final Graph.Node node;

  Recorded(Graph.Recorder recorder, Graph.Node node) {
    this.recorder = recorder;
    this.node = node;
  }

  Graph.Node node() {
    return node;
  }

  @Override
  public Features convolve(Conv2d layer) {
    return record(new Operation.Convolution(layer), List.of());
  }

  @Override
  public Features leakyRelu(double slope) {
    return record(new Operation.LeakyRelu(slope), List.of());
  }

  @Override
  public Features parametricRelu(PRelu layer) {
    return record(new Operation.ParametricRelu(layer), List.of());
  }

  @Override
  public Features normalise(BatchNorm2d layer) {
    return record(new Operation.Normalise(layer), List.of());
  }

  @Override
  public Features affine(double scale, double... shift) {
    return record(new Operation.Affine(scale, DoubleStream.of(shift).boxed().toList()), List.of());
  }

  @Override
  public Features mix(double[][] matrix) {
    return record(new Operation.Mix(matrix), List.of());
  }

  @Override
  public Features attend(ChannelAttention layer) {
    return record(new Operation.Attend(layer), List.of());
  }

  @Override
  public Features plus(Features other, double scale) {
    return record(new Operation.Add(scale), List.of(other));
  }

  @Override
  public Features with(List<Features> others) {
    return record(new Operation.Concatenate(), others);
  }

  @Override
  public Features upsampleNearest(int factor) {
    return record(new Operation.UpsampleNearest(factor), List.of());
  }

  @Override
  public Features upsample(Interpolation interpolation, int factor) {
    return record(new Operation.Upsample(interpolation, factor), List.of());
  }

  @Override
  public Features pixelShuffle(int factor) {
    return record(new Operation.PixelShuffle(factor), List.of());
  }

  @Override
  public Features pixelUnshuffle(int factor) {
    return record(new Operation.PixelUnshuffle(factor), List.of());
  }

  private Features record(Operation operation, List<Features> others) {
    List<Graph.Node> inputs = new ArrayList<>();
    inputs.add(node);
    for (Features other : others) {
      if (!(other instanceof Recorded recorded)) {
        throw new IllegalArgumentException("computed and recorded feature maps do not mix");
      }
      inputs.add(recorded.node);
    }
    return new Recorded(recorder, recorder.add(operation, inputs));
  }
}
