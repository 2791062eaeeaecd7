package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.Fixtures;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.VggDiscriminatorConfig;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The first forward passes of the GAN stage's fixture. */
class CriticsFixtureTest {
  private static final double TOLERANCE = 1e-5;

  @Test
  void theDiscriminatorComputesWhatPyTorchComputes() throws IOException {
    StateDict start = Weights.read(Fixtures.fixture("training-start.safetensors"));
    Map<String, Weight> weights = new LinkedHashMap<>(start.under("discriminator.").weights());
    weights.keySet().removeIf(name -> name.endsWith("num_batches_tracked"));
    int features = (int) weights.get("conv0_0.weight").extent(0);
    Discriminator discriminator =
        Discriminator.of(new VggDiscriminatorConfig(3, 128, features, false));
    Answers checks = new Answers(start.under("check.discriminator."));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(discriminator, Device.CPU);
      parameters.load(StateDict.of(weights));
      Tensor high = new Answers(start).tensor("high", 0);
      checks.expect("eval", discriminator.logits(new Live(high, parameters::get)), TOLERANCE);
      checks.expect(
          "train",
          discriminator.logits(new Live(high, parameters.learning(Precision.FLOAT32))),
          TOLERANCE);
    }
  }

  @Test
  void vgg19ComputesWhatPyTorchComputes() throws IOException {
    StateDict start = Weights.read(Fixtures.fixture("training-start.safetensors"));
    StateDict weights = start.under("vgg19.");
    FeatureNetwork network = new Vgg19(NarrowVgg19.widths(weights), List.of("34", "35"));
    Answers checks = new Answers(start.under("check.vgg19."));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.load(NarrowVgg19.part(weights, network));
      Tensor high = new Answers(start).tensor("high", 0);
      List<Tensor> found = network.features(new Live(high, parameters::get));
      assertThat(found).hasSize(2);
      checks.expect("34", found.get(0), TOLERANCE);
      checks.expect("35", found.get(1), TOLERANCE);
    }
  }
}
