package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.Batch;
import io.esrgan.exec.Executor;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.train.Recipe;
import io.esrgan.train.Step;
import io.esrgan.weights.RrdbConfig;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contestants compute the same thing. */
class AgreementTest {
  private static final RrdbConfig TINY = Options.model(8, 4, 1);
  private static final RrdbNet NETWORK = new RrdbNet(TINY);
  private static final double RATE = 1e-3;

  @ParameterizedTest
  @EnumSource(Format.class)
  void theBareLoopAndTheExecutorGiveTheSamePicture(Format format) {
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      FlatParameters parameters = parameters();
      float[] picture = numbers(3 * 16 * 16);
      Executor.Settings settings =
          new Executor.Settings(Device.CPU, format.precision(), Long.MAX_VALUE);
      float[] ours =
          new Executor(NETWORK, parameters, settings)
              .run(Tensor.of(picture, 1, 3, 16, 16))
              .toFloats();
      BareInference loop = new BareInference(TINY, parameters.toStateDict(), format);
      float[] bare = Format.floats(loop.run(Format.planar(picture, 1, 3, 16, 16)));
      assertThat(ours).hasSize(3 * 64 * 64);
      assertThat(Agreement.difference(ours, bare))
          .isLessThan(format.precision() == Precision.FLOAT32 ? 1e-5 : 1e-2);
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theBareLoopAndTheStepLearnTheSame(Format format) {
    Batch batch = new Batch(1, 2, 3, 8, 4, numbers(2 * 3 * 8 * 8), numbers(2 * 3 * 32 * 32));
    Recipe.Optimizer adam = Recipe.Optimizer.adam(0.9, 0.999);
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      FlatParameters parameters = parameters();
      BareTraining loop = new BareTraining(TINY, parameters.toStateDict(), format, RATE);
      Step step = Step.psnr(NETWORK, parameters, adam, 1, Device.CPU, format.precision());
      double first = loop.run(batch);
      assertThat(step.run(batch, RATE).values().get("l1")).isCloseTo(first, within(format));
      double second = loop.run(batch);
      assertThat(second).isLessThan(first);
      assertThat(step.run(batch, RATE).values().get("l1")).isCloseTo(second, within(format));
    }
  }

  @Test
  void aDifferenceThatRoundingDoesNotExplainIsRefused() {
    float[] expected = {1, -2};
    assertThat(Agreement.difference(new float[] {1, -2.5f}, expected)).isEqualTo(0.25);
    assertThatThrownBy(() -> Agreement.require("pictures", 0.25, Precision.BFLOAT16))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pictures");
    double unknown = Agreement.difference(new float[] {1, Float.NaN}, expected);
    assertThatThrownBy(() -> Agreement.require("pictures", unknown, Precision.BFLOAT16))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Offset<Double> within(Format format) {
    return Offset.offset(format.precision() == Precision.FLOAT32 ? 1e-5 : 1e-2);
  }

  private static FlatParameters parameters() {
    FlatParameters parameters = FlatParameters.trainable(NETWORK, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 1);
    return parameters;
  }

  private static float[] numbers(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextDouble();
    }
    return numbers;
  }
}
