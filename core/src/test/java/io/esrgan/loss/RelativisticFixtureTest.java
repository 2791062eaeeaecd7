package io.esrgan.loss;

import io.esrgan.Answers;
import io.esrgan.Fixtures;
import io.esrgan.loss.RelativisticAverageGan.Form;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.Weights;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The relativistic losses of the paper's form against the fixture's. */
class RelativisticFixtureTest {
  private static final double TOLERANCE = 1e-6;

  @Test
  void lossesAndGradientsAreThoseOfPyTorch() throws IOException {
    Answers answers = new Answers(Weights.read(Fixtures.fixture("ragan.safetensors")));
    AdversarialLoss loss = new RelativisticAverageGan(Form.PAPER);
    try (Scope scope = Scope.open()) {
      Tensor ofReal = answers.zeros("real");
      Tensor ofFake = answers.zeros("fake");
      Tensor value = loss.generator(answers.tensor("real"), answers.learned("fake", ofFake));
      value.backward();
      answers.expect("generator", value, TOLERANCE);
      answers.expect("generator.grad.fake", ofFake, TOLERANCE);
      ofFake.zeroInPlace();
      value = loss.discriminator(answers.learned("real", ofReal), answers.learned("fake", ofFake));
      value.backward();
      answers.expect("discriminator", value, TOLERANCE);
      answers.expect("discriminator.grad.real", ofReal, TOLERANCE);
      answers.expect("discriminator.grad.fake", ofFake, TOLERANCE);
    }
  }
}
