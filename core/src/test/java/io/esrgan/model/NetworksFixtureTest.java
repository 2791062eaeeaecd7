package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Answers;
import io.esrgan.Differences;
import io.esrgan.Fixtures;
import io.esrgan.SmallNetwork;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the networks compute, and one training step's gradients, against PyTorch's. */
class NetworksFixtureTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @EnumSource(SmallNetwork.class)
  void picturesAndGradientsAreThoseOfPyTorch(SmallNetwork small) throws IOException {
    StateDict file =
        Weights.read(Fixtures.resource("/io/esrgan/networks/" + small.fixture() + ".safetensors"));
    Answers answers = new Answers(file);
    Network network = small.network();
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(network, Device.CPU);
      parameters.load(file.under("weights."));
      Tensor low = answers.tensor("low");
      answers.expect(
          file.contains("eval") ? "eval" : "forward",
          ((Live) network.forward(new Live(low, parameters::get))).tensor(),
          TOLERANCE);

      Tensor forward =
          ((Live) network.forward(new Live(low, parameters.learning(Precision.FLOAT32)))).tensor();
      Tensor loss = forward.meanSquaredError(answers.tensor("high"));
      loss.backward();

      answers.expect("forward", forward, TOLERANCE);
      assertThat(loss.item()).isCloseTo(answers.tensor("loss").item(), within(TOLERANCE));
      expectGradients(network, parameters, file.under("gradient."));
      for (Parameter parameter : network.parameters()) {
        if (!parameter.role().isTrained()) {
          answers.expect("after." + parameter.name(), parameters.get(parameter), TOLERANCE);
        }
      }
    }
  }

  /** To within the tolerance of the largest gradient there is. */
  private static void expectGradients(
      Network network, FlatParameters parameters, StateDict expected) {
    assertThat(expected.weights()).isNotEmpty();
    StateDict found = parameters.toStateDict(parameters.gradient());
    double largest = 0;
    for (String name : expected.weights().keySet()) {
      largest = Math.max(largest, largest(expected.get(name).floats()));
    }
    assertThat(largest).isPositive();
    for (String name : expected.weights().keySet()) {
      assertThat(Differences.largest(found.get(name).floats(), expected.get(name).floats()))
          .as(name)
          .isLessThan(TOLERANCE * Math.max(1, largest));
    }
    assertThat(expected.weights().keySet())
        .isSubsetOf(network.parameters().stream().map(Parameter::name).toList());
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
