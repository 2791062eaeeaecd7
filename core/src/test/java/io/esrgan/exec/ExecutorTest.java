package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.Differences;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorTest {

  /**
   * One block sees 18 pixels far, less than the margin of a tile, so tiles must give the whole
   * picture's answer.
   */
  @ParameterizedTest
  @CsvSource({"4,150,101", "2,151,97", "1,143,106"})
  void tilesWiderThanTheReceptiveFieldGiveTheWholePicturesAnswer(int scale, int width, int height) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      Tensor low = noise(3, height, width);
      Executor whole = new Executor(network, parameters, settings(Precision.FLOAT32, 4L << 30));
      Executor tiled = new Executor(network, parameters, settings(Precision.FLOAT32, 1L << 20));
      assertThat(whole.plan(width, height).tiles()).hasSize(1);
      assertThat(tiled.plan(width, height).tiles()).hasSizeGreaterThan(3);

      Tensor expected = whole.run(low);
      Tensor actual = tiled.run(low);

      assertThat(actual.shape()).containsExactly(1, 3, (long) height * scale, (long) width * scale);
      assertThat(Differences.largest(actual.toFloats(), expected.toFloats())).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @CsvSource({"4,1,1", "2,1,1", "1,1,1", "2,3,1", "1,5,2", "1,1,7", "4,1,200"})
  void theSmallestPicturesComeOutAtTheirSize(int scale, int width, int height) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      Executor executor =
          new Executor(network, parameters(network), settings(Precision.FLOAT32, 1L << 30));
      Tensor high = executor.run(noise(3, height, width));
      assertThat(high.shape()).containsExactly(1, 3, (long) height * scale, (long) width * scale);
      assertThat(high.isFinite()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"4", "2"})
  void bfloat16StaysNearFloat32(int scale) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      Tensor low = noise(3, 40, 56);
      Tensor exact =
          new Executor(network, parameters, settings(Precision.FLOAT32, 1L << 30)).run(low);
      Tensor rounded =
          new Executor(network, parameters, settings(Precision.BFLOAT16, 1L << 30)).run(low);
      assertThat(rounded.precision()).isEqualTo(Precision.FLOAT32);
      assertThat(rounded.minus(exact).abs().mean().item())
          .isLessThan(0.02 * exact.abs().mean().item());
    }
  }

  @Test
  void damagedWeightsAreNamedAndNotTurnedIntoAPicture() {
    RrdbNet network = network(4);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      parameters.flat().timesInPlace(Double.NaN);
      for (Precision precision : Precision.values()) {
        Executor executor = new Executor(network, parameters, settings(precision, 1L << 30));
        assertThatThrownBy(() -> executor.run(noise(3, 8, 8)))
            .isInstanceOf(NotFiniteException.class)
            .hasMessageContaining("damaged");
      }
    }
  }

  private static RrdbNet network(int scale) {
    return new RrdbNet(new RrdbConfig(3, 3, 16, 8, 1, scale, 4 / scale, false));
  }

  private static FlatParameters parameters(RrdbNet network) {
    FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 5);
    return parameters;
  }

  private static Executor.Settings settings(Precision precision, long memory) {
    return new Executor.Settings(Device.CPU, precision, memory);
  }

  private static Tensor noise(int channels, int height, int width) {
    SplittableRandom random = new SplittableRandom(9);
    float[] values = new float[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Tensor.of(values, 1, channels, height, width);
  }
}
