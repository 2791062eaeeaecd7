package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Answers;
import io.esrgan.data.Batch;
import io.esrgan.loss.PixelLoss;
import io.esrgan.model.RrdbNet;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Optimisers, where one layer has a rate of its own, against PyTorch's with parameter groups. */
class OptimizerTest {
  private static final double RATE = 0.01;
  private static final int STEPS = 4;
  private static final Map<String, Double> SLOW = Map.of("conv_last", 0.1);

  private final StateDict answers = Answers.of("steps").weights();

  OptimizerTest() throws IOException {}

  @Test
  void momentumGathersSpeed() {
    compare("momentum", new OptimizerSection.Sgd(0.9));
  }

  @Test
  void withoutMomentumAStepIsTheGradient() {
    compare("plain", new OptimizerSection.Sgd(0));
  }

  @Test
  void adamHasRatesForLayersToo() {
    compare("moments", new OptimizerSection.Adam(0.9, 0.999, 1e-2));
  }

  private void compare(String name, OptimizerSection.Method method) {
    try (Scope scope = Scope.open()) {
      RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 4, 2, 1, 4, 1, false));
      OptimizerSection section = new OptimizerSection(method, 1, 0, SLOW);
      Learner learner = new Learner("generator", network, section, Device.CPU);
      learner.parameters().load(answers.under("generator."));
      PictureLosses mse =
          new PictureLosses(
              List.of(new PictureLosses.Term<>(LossKind.MSE, PixelLoss.MSE, 1)), List.of());
      Step step = new PsnrStep(network, learner, mse, Device.CPU, Precision.FLOAT32);
      for (int i = 0; i < STEPS; i++) {
        step.run(batch(), RATE);
      }
      StateDict after = answers.under(name + ".after.");
      StateDict mine = learner.parameters().toStateDict();
      assertThat(after.names()).hasSize(3);
      for (String weight : after.names()) {
        float[] before = answers.get("generator." + weight).floats();
        float[] expected = after.get(weight).floats();
        assertThat(expected).as("PyTorch's %s", weight).isNotEqualTo(before);
        assertThat(mine.get(weight).floats()).as(weight).containsExactly(expected, within(1e-6f));
      }
    }
  }

  private Batch batch() {
    Weight low = answers.get("low"); // (n, c, h, w)
    float[] high = answers.get("high").floats();
    return new Batch(0, (int) low.extent(0), 3, (int) low.extent(3), 4, low.floats(), high);
  }

  @Test
  void theLongestNameOfAPartCounts() {
    Map<String, Double> factors = Map.of("body", 0.5, "body.1.conv2", 2.0, "conv", 3.0);
    OptimizerSection section = new OptimizerSection(new OptimizerSection.Sgd(0.9), 1, 0, factors);
    assertThat(section.factor("body.0.conv1.weight")).isEqualTo(0.5);
    assertThat(section.factor("body.1.conv2.bias")).isEqualTo(2);
    assertThat(section.factor("body.1.conv1.bias")).isEqualTo(0.5);
    assertThat(section.factor("conv_last.weight")).isEqualTo(1);
    assertThat(section.even().factor("body.1.conv2.bias")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer.layers | [conv4] | optimizer.layers is [conv4], but must be parts of SRCNN,"
            + " which has no conv4",
        "optimizer.layers | [conv] | which has no conv",
        "optimizer.layers | [conv1, conv3] | optimizer.factors is [0.1], but must be as many"
            + " numbers as there are layers, 2",
        "optimizer.factors | [-1] | optimizer.factors is [-1.0], but must be 0 or above, all of"
            + " them",
        "optimizer.factors | '' | optimizer.factors is not set",
        "optimizer.momentum | 1 | optimizer.momentum is 1.0, but must be from 0 to below 1",
        "optimizer.beta1 | 0.9 | optimizer.beta1 does not go with optimizer.type: sgd",
      })
  void whatIsWrongIsToldInOneLine(String key, String value, String message) {
    assertThatThrownBy(() -> Recipe.load("srcnn", Map.of("data.train", "photos", key, value)))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void aRecipeKeepsThem() throws IOException {
    Recipe recipe = Recipe.load("srcnn", Map.of("data.train", "photos"));
    assertThat(recipe.optimizer())
        .isEqualTo(new OptimizerSection(new OptimizerSection.Sgd(0.9), 1, 0, Map.of("conv3", 0.1)));
    assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
  }
}
