package io.esrgan.exec;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small networks and pictures, and how a passage goes over them. */
final class Passages {
  private Passages() {}

  static RrdbNet network(int features, int growth, int blocks, int scale, boolean plus) {
    return new RrdbNet(new RrdbConfig(3, 3, features, growth, blocks, scale, 4 / scale, plus));
  }

  static FlatParameters parameters(Network network) {
    FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 5);
    return parameters;
  }

  static Runner runner(Network network, FlatParameters parameters, Precision precision) {
    return new TensorRunner(
        Graph.record(network),
        parameters.in(precision)::get,
        Device.CPU,
        precision,
        network.sizeMultiple());
  }

  /** What an executor computes with. */
  static Runner best(Network network, FlatParameters parameters, Precision precision) {
    return Runner.of(
        Graph.record(network),
        parameters,
        new Executor.Settings(Device.CPU, precision, 1 << 30),
        network.sizeMultiple());
  }

  /** What strips of a picture take, in bytes. */
  static long bytesOfStrips(
      Network network, Precision precision, int width, int height, int stripRows) {
    try (Scope scope = Scope.open()) {
      return best(network, parameters(network), precision).bytes(width, height, stripRows);
    }
  }

  static Tensor noise(int height, int width) {
    SplittableRandom random = new SplittableRandom(9);
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Tensor.of(values, 1, 3, height, width);
  }

  /** The result of a passage in strips, of so many rows or as few more as the runner takes. */
  static Tensor strips(Runner runner, Tensor low, int rows) {
    int height = (int) low.size(2);
    int stripRows = (rows + runner.rowStep() - 1) / runner.rowStep() * runner.rowStep();
    List<Tensor> parts = new ArrayList<>();
    try (Passage passage = runner.over((int) low.size(3), height, stripRows)) {
      for (int row = 0; row < height; row += stripRows) {
        passage.advance(low.slice(2, row, Math.min(stripRows, height - row))).ifPresent(parts::add);
      }
      for (Optional<Tensor> part = passage.rest(); part.isPresent(); part = passage.rest()) {
        parts.add(part.get());
      }
    }
    return Tensor.concatenate(2, parts);
  }
}
