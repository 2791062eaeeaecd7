package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Differences;
import io.esrgan.Fixtures;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RRDBNet's outputs against an independent PyTorch transcription. */
class RrdbNetFixtureTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @ValueSource(strings = {"x4-new", "x4-old", "x4-mid", "x2-new", "x1-new"})
  void computesWhatPyTorchComputes(String name) throws IOException {
    StateDict answers = Weights.read(Fixtures.fixture("rrdb-" + name + ".safetensors"));
    Map<String, String> measures = answers.metadata();
    int scale = Integer.parseInt(measures.get("scale"));
    RrdbConfig config =
        new RrdbConfig(
            3,
            3,
            Integer.parseInt(measures.get("nf")),
            Integer.parseInt(measures.get("gc")),
            Integer.parseInt(measures.get("nb")),
            scale,
            4 / scale,
            false);
    RrdbNet network = new RrdbNet(config);
    Weight input = answers.get("input");
    Weight expected = answers.get("output");
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.load(
          Weights.readGenerator(Fixtures.fixture("rrdb-" + name + ".zip.pth")).weights());
      Tensor x = Tensor.of(input.floats(), input.shape()).channelsLast();

      Tensor direct = ((Live) network.forward(new Live(x, parameters::get))).tensor();
      Executor executor =
          new Executor(
              network, parameters, new Executor.Settings(Device.CPU, Precision.FLOAT32, 1L << 30));
      List<Tensor> pictures = new ArrayList<>();
      for (long i = 0; i < x.size(0); i++) {
        pictures.add(executor.run(x.slice(0, i, 1)));
      }
      Tensor byGraph = Tensor.concatenate(0, pictures);

      assertThat(direct.shape()).isEqualTo(expected.shape());
      assertThat(Differences.largest(direct.toFloats(), expected.floats())).isLessThan(TOLERANCE);
      assertThat(Differences.largest(byGraph.toFloats(), direct.toFloats())).isLessThan(1e-5);
    }
  }
}
