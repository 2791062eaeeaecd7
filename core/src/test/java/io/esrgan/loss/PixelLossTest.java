package io.esrgan.loss;

import io.esrgan.Answers;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pixel losses and their gradients against PyTorch's. */
class PixelLossTest {
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest
  @EnumSource
  void lossAndGradientAreThoseOfPyTorch(PixelLoss loss) throws IOException {
    Answers answers = Answers.of("losses");
    try (Scope scope = Scope.open()) {
      Tensor gradient = answers.zeros("made");
      Tensor value = loss.of(answers.learned("made", gradient), answers.tensor("wanted"));
      value.backward();
      answers.expect("pixel." + loss, value, TOLERANCE);
      answers.expect("pixel.%s.0".formatted(loss), gradient, TOLERANCE);
    }
  }
}
