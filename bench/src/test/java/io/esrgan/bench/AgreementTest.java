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
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.VggDiscriminatorConfig;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contestants compute the same thing. */
class AgreementTest {
  private static final RrdbConfig TINY = Options.model(8, 4, 1);
  private static final RrdbNet NETWORK = new RrdbNet(TINY);

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
  void theBareLoopAndThePsnrStepLearnTheSame(Format format) {
    learnTheSame(new PsnrStage(TINY, 8), 8, format, "l1");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void theBareLoopAndTheGanStepLearnTheSame(Format format) {
    VggDiscriminatorConfig judge = new VggDiscriminatorConfig(3, 128, 4, false);
    learnTheSame(new GanStage(TINY, judge, 4), 32, format, "discriminator");
  }

  /** Both agree on every loss of two steps, and what is learned lowers {@code lowered}. */
  private static void learnTheSame(TrainingStage stage, int crop, Format format, String lowered) {
    Batch batch = TrainingContest.batch(2, crop);
    try (Scope scope = Scope.open();
        PointerScope bareScope = new PointerScope()) {
      TrainingStage.Rivals rivals = stage.rivals(format);
      Map<String, Double> first = rivals.bare().run(batch);
      Map<String, Double> second = rivals.bare().run(batch);
      assertThat(second.get(lowered)).isLessThan(first.get(lowered));
      for (Map<String, Double> bare : List.of(first, second)) {
        Map<String, Double> ours = rivals.ours().run(batch, TrainingStage.RATE).values();
        assertThat(ours).containsKeys(bare.keySet().toArray(String[]::new));
        assertThat(Agreement.difference(ours, bare))
            .isLessThanOrEqualTo(stage.tolerance(format.precision()));
      }
    }
  }

  @Test
  void aDifferenceThatRoundingDoesNotExplainIsRefused() {
    float[] expected = {1, -2};
    assertThat(Agreement.difference(new float[] {1, -2.5f}, expected)).isEqualTo(0.25);
    assertThatThrownBy(() -> Agreement.require("pictures", 0.25, 0.1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pictures");
    double unknown = Agreement.difference(new float[] {1, Float.NaN}, expected);
    assertThatThrownBy(() -> Agreement.require("pictures", unknown, 0.1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void lossesOfNextToNothingAreHeldAgainstOne() {
    assertThat(Agreement.difference(Map.of("real", 1e-12, "l1", 4.0), Map.of("l1", 2.0)))
        .isEqualTo(1);
    assertThat(Agreement.difference(Map.of("real", 3e-12), Map.of("real", 1e-12)))
        .isLessThan(1e-11);
    assertThat(Agreement.difference(Map.of("l1", Double.NaN), Map.of("l1", 2.0))).isNaN();
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
