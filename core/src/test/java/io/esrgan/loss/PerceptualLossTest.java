package io.esrgan.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.NarrowVgg19;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Numbers;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The perceptual loss over several layers of a narrow VGG19, against PyTorch's. */
class PerceptualLossTest {
  private static final List<String> TAPS =
      List.of("conv1_2", "conv2_2", "conv3_4", "conv4_4", "conv5_4");
  private static final List<Double> WEIGHTS = List.of(0.1, 0.1, 1.0, 1.0, 2.0);

  @ParameterizedTest
  @EnumSource(names = {"L1", "MSE"})
  void lossAndGradientAreThoseOfPyTorch(PixelLoss criterion) throws IOException {
    Answers answers = Answers.of("features");
    FeatureNetwork network = NarrowVgg19.of(answers, TAPS);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = NarrowVgg19.numbers(answers, network);
      Numbers held = parameters::get;
      PerceptualLoss loss =
          new PerceptualLoss(network, held, WEIGHTS, criterion, FeatureScale.NONE);
      Tensor gradient = answers.zeros("input");
      Tensor value = loss.of(answers.learned("input", gradient), answers.tensor("wanted"));
      value.backward();
      answers.expect("perceptual." + criterion, value, 1e-5);
      double scale = answers.tensor("perceptual." + criterion + ".gradient").abs().norm().item();
      Tensor difference = gradient.minus(answers.tensor("perceptual." + criterion + ".gradient"));
      assertThat(difference.norm().item()).isLessThan(1e-5 * scale);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPictureIsNothingApartFromItself(PixelLoss criterion) throws IOException {
    Answers answers = Answers.of("features");
    FeatureNetwork network = NarrowVgg19.of(answers, List.of("conv5_4"));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = NarrowVgg19.numbers(answers, network);
      PerceptualLoss loss =
          new PerceptualLoss(
              network,
              parameters.held(Precision.FLOAT32),
              List.of(1.0),
              criterion,
              FeatureScale.NONE);
      Tensor picture = answers.tensor("input").to(Device.CPU);
      assertThat(loss.of(picture, picture).item()).isLessThan(2e-6);
    }
  }
}
