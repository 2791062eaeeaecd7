package io.esrgan.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.Differences;
import io.esrgan.loss.RelativisticAverageGan.Form;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Adversarial losses and their gradients against PyTorch's. */
class AdversarialLossTest {
  private static final double TOLERANCE = 1e-6;

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(new StandardGan(), "standard.generator", "standard.discriminator"),
        Arguments.of(new LeastSquaresGan(), "squares.generator", "squares.discriminator"),
        Arguments.of(
            new RelativisticAverageGan(Form.PAPER), "relativistic.generator", "relativistic.paper"),
        Arguments.of(
            new RelativisticAverageGan(Form.BASICSR),
            "relativistic.generator",
            "relativistic.basicsr"));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void lossesAndGradientsAreThoseOfPyTorch(
      AdversarialLoss loss, String generator, String discriminator) throws IOException {
    Answers answers = Answers.of("losses");
    try (Scope scope = Scope.open()) {
      Tensor ofFake = answers.zeros("fake");
      Tensor value = loss.generator(answers.tensor("real"), answers.learned("fake", ofFake));
      answers.expect(generator, value, TOLERANCE);
      value.backward();
      answers.expect(generator + ".0", ofFake, TOLERANCE);

      Tensor ofReal = answers.zeros("real");
      ofFake.zeroInPlace();
      value = loss.discriminator(answers.learned("real", ofReal), answers.learned("fake", ofFake));
      answers.expect(discriminator, value, TOLERANCE);
      value.backward();
      answers.expect(discriminator + ".0", ofReal, TOLERANCE);
      answers.expect(discriminator + ".1", ofFake, TOLERANCE);
    }
  }

  @Test
  void theFormsOfTheRelativisticLossAgreeInValueAndNotInGradient() throws IOException {
    Answers answers = Answers.of("losses");
    Map<Form, Double> values = new EnumMap<>(Form.class);
    Map<Form, float[]> gradients = new EnumMap<>(Form.class);
    try (Scope scope = Scope.open()) {
      for (Form form : Form.values()) {
        Tensor gradient = answers.zeros("real");
        Tensor value =
            new RelativisticAverageGan(form)
                .discriminator(answers.learned("real", gradient), answers.tensor("fake"));
        value.backward();
        values.put(form, value.item());
        gradients.put(form, gradient.toFloats());
      }
    }
    assertThat(values.get(Form.PAPER)).isEqualTo(values.get(Form.BASICSR));
    assertThat(Differences.largest(gradients.get(Form.PAPER), gradients.get(Form.BASICSR)))
        .isGreaterThan(1e-2);
  }
}
