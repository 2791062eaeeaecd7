package io.esrgan.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.Differences;
import io.esrgan.loss.RelativisticAverageGan.Form;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
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
    Form[] forms = Form.values();
    float[][] gradients = new float[forms.length][];
    double[] values = new double[forms.length];
    try (Scope scope = Scope.open()) {
      for (Form form : forms) {
        Tensor gradient = answers.zeros("real");
        Tensor value =
            new RelativisticAverageGan(form)
                .discriminator(answers.learned("real", gradient), answers.tensor("fake"));
        value.backward();
        values[form.ordinal()] = value.item();
        gradients[form.ordinal()] = gradient.toFloats();
      }
    }
    assertThat(values[0]).isEqualTo(values[1]);
    assertThat(Differences.largest(gradients[0], gradients[1])).isGreaterThan(1e-2);
  }
}
