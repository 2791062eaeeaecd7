package io.esrgan.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Batch and spectral normalisation against PyTorch's own. */
class NormalisationTest {
  private static final double TOLERANCE = 1e-5;

  @Test
  void batchesAreNormalisedAsInPyTorch() throws IOException {
    Answers answers = Answers.of("layers").under("norm");
    Blueprint place = Blueprint.empty();
    BatchNorm2d layer = new BatchNorm2d(place, 4);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = loaded(place.parameters(), answers);
      Tensor gradient = answers.zeros("gradient.input");
      Tensor input = answers.learned("input", gradient);
      answers.expect("eval", layer.forward(new Live(input, parameters::get)).tensor(), TOLERANCE);

      Tensor made = layer.forward(new Live(input, parameters.learning(Precision.FLOAT32))).tensor();
      answers.expect("train", made, TOLERANCE);
      StateDict after = parameters.toStateDict();
      answers.expect("after_mean", after.get("running_mean").floats(), TOLERANCE);
      answers.expect("after_var", after.get("running_var").floats(), TOLERANCE);

      pulled(made, answers.tensor("pull")).backward();
      StateDict gradients = parameters.toStateDict(parameters.gradient());
      answers.expect("gradient.input", gradient, TOLERANCE);
      answers.expect("gradient.weight", gradients.get("weight").floats(), TOLERANCE);
      answers.expect("gradient.bias", gradients.get("bias").floats(), TOLERANCE);
      assertThat(gradients.names()).containsExactly("weight", "bias");
    }
  }

  @Test
  void spectraAreNormalisedAsInPyTorch() throws IOException {
    Answers answers = Answers.of("layers").under("spectral");
    Blueprint place = Blueprint.empty();
    SpectralConv2d layer = new SpectralConv2d(place, 3, 6, 4, 2, 1);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = loaded(place.parameters(), answers);
      Numbers learning = parameters.learning(Precision.FLOAT32);
      Tensor first = layer.forward(new Live(answers.tensor("input", 0), learning)).tensor();
      Tensor second = layer.forward(new Live(answers.tensor("input", 1), learning)).tensor();
      assertThat(Tensor.concatenate(List.of(first, second)).shape()).containsExactly(2, 12, 4, 5);
      assertThat(first.minus(answers.tensor("train", 0)).abs().sum().item()).isLessThan(1e-4);
      assertThat(second.minus(answers.tensor("train", 1)).abs().sum().item()).isLessThan(1e-4);
      StateDict after = parameters.toStateDict();
      answers.expect("after_u", after.get("weight_u").floats(), TOLERANCE);
      answers.expect("after_v", after.get("weight_v").floats(), TOLERANCE);

      pulled(first, answers.tensor("pull", 0))
          .plus(pulled(second, answers.tensor("pull", 1)))
          .backward();
      StateDict gradients = parameters.toStateDict(parameters.gradient());
      answers.expect("gradient", gradients.get("weight_orig").floats(), TOLERANCE);

      Live resting = new Live(answers.tensor("input", 0), parameters::get);
      answers.expect("eval", layer.forward(resting).tensor(), TOLERANCE);
      assertThat(parameters.toStateDict()).isEqualTo(after);
    }
  }

  /** The sum of all products, one number whose gradient is {@code pull}. */
  private static Tensor pulled(Tensor made, Tensor pull) {
    return made.reshape(made.count()).dot(pull.reshape(pull.count()));
  }

  private static FlatParameters loaded(List<Parameter> parameters, Answers answers) {
    Parameterised layer = () -> parameters;
    FlatParameters loaded = FlatParameters.trainable(layer, Device.CPU);
    Map<String, Weight> weights = new LinkedHashMap<>();
    parameters.forEach(p -> weights.put(p.name(), answers.weights().get(p.name())));
    loaded.load(StateDict.of(weights));
    return loaded;
  }
}
