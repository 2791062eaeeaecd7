package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.data.Batch;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** A PSNR stage of three steps against the same three steps in PyTorch. */
class TrainingFixtureTest {
  private static final RrdbConfig GENERATOR = new RrdbConfig(3, 3, 16, 8, 1, 4, 1, false);

  @Test
  void threeStepsOfThePsnrStageAreThoseOfPyTorch() throws IOException {
    StateDict start = Weights.read(Fixtures.fixture("training-start.safetensors"));
    StateDict end = Weights.read(Fixtures.fixture("training-end.safetensors"));
    float[] expectedLosses = end.get("psnr.l1").floats();
    RrdbNet generator = new RrdbNet(GENERATOR);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.trainable(generator, Device.CPU);
      parameters.load(start.under("generator."));
      Adam adam = new Adam(parameters, Device.CPU, 0.9, 0.999, 1e-8);
      Step step = new PsnrStep(generator, parameters, adam, 1, Device.CPU, Precision.FLOAT32);
      for (int i = 0; i < expectedLosses.length; i++) {
        Losses losses = step.run(batch(start, i), 2e-4);
        assertThat(losses.values().get("l1")).isCloseTo(expectedLosses[i], within(1e-5));
      }
      compareWeights(parameters.toStateDict(), end.under("after-psnr."));
    }
  }

  /**
   * Adam turns the sign of a tiny gradient into a whole step, so a few weights may be a step apart.
   */
  private static void compareWeights(StateDict actual, StateDict expected) {
    long all = 0;
    long close = 0;
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      float[] mine = actual.get(name).floats();
      float[] theirs = expected.get(name).floats();
      for (int i = 0; i < theirs.length; i++) {
        float difference = Math.abs(mine[i] - theirs[i]);
        assertThat(difference).as(name).isLessThan(5e-4f);
        all++;
        close += difference < 1e-5f ? 1 : 0;
      }
    }
    assertThat((double) close / all).isGreaterThan(0.98);
  }

  @Test
  void theWeightOfTheLossScalesItsGradient() throws IOException {
    StateDict start = Weights.read(Fixtures.fixture("training-start.safetensors"));
    RrdbNet generator = new RrdbNet(GENERATOR);
    double[] norms = new double[2];
    for (int i = 0; i < 2; i++) {
      try (Scope scope = Scope.open()) {
        FlatParameters parameters = FlatParameters.trainable(generator, Device.CPU);
        parameters.load(start.under("generator."));
        Adam adam = new Adam(parameters, Device.CPU, 0.9, 0.999, 1e-8);
        double weight = i == 0 ? 1 : 0.25;
        Step step =
            new PsnrStep(generator, parameters, adam, weight, Device.CPU, Precision.FLOAT32);
        norms[i] = step.run(batch(start, 0), 2e-4).gradientNorm();
      }
    }
    assertThat(norms[1]).isCloseTo(norms[0] / 4, within(1e-6 * norms[0]));
  }

  private static Batch batch(StateDict start, int index) {
    Weight low = start.get("low"); // (steps, n, c, h, w)
    Weight high = start.get("high");
    int size = (int) low.extent(1);
    int side = (int) low.extent(3);
    return new Batch(
        index,
        size,
        3,
        side,
        (int) (high.extent(3) / side),
        part(low.floats(), index, (int) low.extent(0)),
        part(high.floats(), index, (int) high.extent(0)));
  }

  private static float[] part(float[] values, int index, int parts) {
    int length = values.length / parts;
    return Arrays.copyOfRange(values, index * length, (index + 1) * length);
  }
}
