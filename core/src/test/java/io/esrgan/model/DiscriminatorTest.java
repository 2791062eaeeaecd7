package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.esrgan.Answers;
import io.esrgan.loss.StandardGan;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Live;
import io.esrgan.nn.Numbers;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.DiscriminatorConfig;
import io.esrgan.weights.DiscriminatorFile;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.UnetDiscriminatorConfig;
import io.esrgan.weights.VggDiscriminatorConfig;
import io.esrgan.weights.Weights;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discriminators, read from PyTorch's files, against what PyTorch makes of them. */
class DiscriminatorTest {
  private static final double TOLERANCE = 5e-5; // batches of two are normalised: rounding grows

  /** What lies within rounding of a rectifier's kink falls on one side here, on the other there. */
  private static final double GRADIENTS = 1e-2;

  @ParameterizedTest
  @CsvSource({"vgg-128-old, legacy, 8", "vgg-256-old, zip, 8"})
  void withoutBiasesThatAreNormalisedAwayItJudgesTheSame(
      String name, String container, int enlarged) throws IOException {
    Answers answers = Answers.of("discriminators").under(name);
    DiscriminatorFile file =
        Weights.readDiscriminator(Answers.file("%s.%s.pth".formatted(name, container)));
    DiscriminatorFile unbiased = file.unbiased();
    assertThat(unbiased.weights().size()).isLessThan(file.weights().size());
    Discriminator discriminator = Discriminator.of(unbiased.config());
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(discriminator, Device.CPU);
      parameters.load(unbiased.weights());
      Tensor input = answers.tensor("input", 0).upsampleNearest(enlarged);
      answers.expect("eval", logits(discriminator, input, parameters::get), TOLERANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "vgg-128-new, zip, 8",
    "vgg-128-old, legacy, 8",
    "vgg-256-new, legacy, 8",
    "vgg-256-old, zip, 8",
    "unet, zip, 1"
  })
  void judgesAndLearnsAsInPyTorch(String name, String container, int enlarged) throws IOException {
    Answers answers = Answers.of("discriminators").under(name);
    DiscriminatorFile file =
        Weights.readDiscriminator(Answers.file("%s.%s.pth".formatted(name, container)));
    Discriminator discriminator = Discriminator.of(file.config());
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(discriminator, Device.CPU);
      parameters.load(file.weights());
      Tensor real = answers.tensor("input", 0);
      Tensor fake = answers.tensor("input", 1);
      Judge judge = (x, numbers) -> logits(discriminator, x.upsampleNearest(enlarged), numbers);
      answers.expect("eval", judge.logits(real, parameters::get), TOLERANCE);

      // Both batches are forwarded before the gradients of either are computed.
      Numbers learning = parameters.learning(Precision.FLOAT32);
      Tensor ofReal = judge.logits(real, learning);
      Tensor ofFake = judge.logits(fake, learning);
      answers.expect("real", ofReal, TOLERANCE);
      answers.expect("fake", ofFake, TOLERANCE);
      new StandardGan().discriminator(ofReal, ofFake).backward();
      StateDict gradients = parameters.toStateDict(parameters.gradient());
      StateDict measured = parameters.toStateDict();
      for (Parameter parameter : discriminator.parameters()) {
        String weight = parameter.name();
        if (parameter.role().isTrained()) {
          answers.expect("gradient." + weight, gradients.get(weight).floats(), GRADIENTS);
        } else {
          answers.expect("after." + weight, measured.get(weight).floats(), TOLERANCE);
        }
      }

      // Held, it still behaves as in training, and gradients pass to the pictures alone.
      parameters.gradient().zeroInPlace();
      Tensor gradient = answers.zeros("gradient.input");
      Tensor input = fake.times(1).requireGradient(gradient);
      Tensor held = judge.logits(input, parameters.held(Precision.FLOAT32));
      new StandardGan().generator(ofReal.detach(), held).backward();
      answers.expect("gradient.input", gradient, GRADIENTS);
      assertThat(parameters.gradient().norm().item()).isZero();
    }
  }

  private interface Judge {
    Tensor logits(Tensor pictures, Numbers numbers);
  }

  private static Tensor logits(Discriminator discriminator, Tensor pictures, Numbers numbers) {
    return discriminator.logits(new Live(pictures, numbers));
  }

  @Test
  void aUnetInPyTorchsLaterParametrizationComputesTheSame() throws IOException {
    DiscriminatorFile file =
        Weights.readDiscriminator(Answers.file("unet-parametrized.legacy.pth"));
    Discriminator discriminator = Discriminator.of(file.config());
    Answers answers = Answers.of("discriminators");
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(discriminator, Device.CPU);
      parameters.load(file.weights());
      Tensor logits =
          discriminator.logits(new Live(answers.tensor("unet.input", 0), parameters::get));
      answers.expect("unet-parametrized.eval", logits, TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePapersHasItsParameters(boolean biased) {
    Discriminator discriminator = Discriminator.of(new VggDiscriminatorConfig(3, 128, 64, biased));
    assertThat(
            discriminator.parameters().stream()
                .filter(parameter -> parameter.role().isTrained())
                .mapToLong(Parameter::count)
                .sum())
        .isEqualTo(biased ? 14_502_281 : 14_499_401);
  }

  @ParameterizedTest
  @CsvSource({"128, 128, 256", "256, 128, 128", "128, 64, 128"})
  void aVggRefusesOtherSizesThanItsOwn(int side, int height, int width) {
    Discriminator discriminator = Discriminator.of(new VggDiscriminatorConfig(3, side, 4, false));
    assertThat(refusal(discriminator, height, width))
        .contains(side + "x" + side, width + "x" + height);
  }

  @Test
  void aUnetWantsMultiplesOfEight() {
    Discriminator discriminator = Discriminator.of(new UnetDiscriminatorConfig(3, 4));
    assertThat(refusal(discriminator, 24, 36)).contains("multiples of 8", "36x24");
  }

  private static String refusal(Discriminator discriminator, int height, int width) {
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(discriminator, Device.CPU);
      Tensor pictures = Tensor.zeros(Precision.FLOAT32, Device.CPU, 1, 3, height, width);
      return assertThatIllegalArgumentException()
          .isThrownBy(() -> logits(discriminator, pictures, parameters::get))
          .actual()
          .getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg", "unet"})
  void logitsOfBfloat16AreThoseOfFloat32ToItsPrecision(String kind) {
    DiscriminatorConfig config =
        kind.equals("vgg")
            ? new VggDiscriminatorConfig(3, 128, 4, false)
            : new UnetDiscriminatorConfig(3, 4);
    Discriminator discriminator = Discriminator.of(config);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(discriminator, Device.CPU);
      parameters.initialise(Initialisation.HE, 4);
      float[] values = new float[2 * 3 * 128 * 128];
      for (int i = 0; i < values.length; i++) {
        values[i] = i * 7919 % 256 / 255f;
      }
      Tensor pictures = Tensor.of(values, 2, 3, 128, 128);
      Tensor exact = discriminator.logits(new Live(pictures, parameters.held(Precision.FLOAT32)));
      Tensor rough =
          discriminator.logits(
              new Live(pictures.to(Precision.BFLOAT16), parameters.learning(Precision.BFLOAT16)));
      assertThat(rough.precision()).isEqualTo(Precision.FLOAT32);
      double scale = exact.norm().item();
      assertThat(rough.minus(exact).norm().item()).isLessThan(0.1 * scale);
      rough.mean().backward();
      assertThat(parameters.gradient().isFinite()).isTrue();
      assertThat(parameters.gradient().norm().item()).isPositive();
    }
  }
}
