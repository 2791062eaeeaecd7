package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.Differences;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExecutorTest {

  /** One block sees 18 pixels far; the budget holds the smallest strip of a band only. */
  @ParameterizedTest
  @CsvSource({"4,150,101,FLOAT32,110", "2,151,97,FLOAT32,110", "1,251,46,FLOAT32,200"})
  void bandsGiveTheWholePicturesBits(
      int scale, int width, int height, Precision precision, int band) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height, width);
      Executor whole = new Executor(network, parameters, settings(precision, 4L << 30));
      Plan plan = whole.plan(width, height);
      Executor banded =
          new Executor(
              network,
              parameters,
              settings(
                  precision,
                  Passages.bytesOfStrips(
                      network, precision, band, height, network.sizeMultiple())));
      assertThat(plan.cut()).isEqualTo(Plan.Cut.WHOLE);
      assertThat(banded.plan(width, height).cut()).isEqualTo(Plan.Cut.BANDS);
      assertThat(banded.plan(width, height).repetition()).isGreaterThan(1);
      assertThat(banded.plan(width, height).exact()).isTrue();

      Tensor expected = whole.run(low);
      Tensor actual = banded.run(low);

      assertThat(actual.shape()).containsExactly(1, 3, (long) height * scale, (long) width * scale);
      assertThat(Differences.largest(actual.toFloats(), expected.toFloats())).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"4,1,1", "2,1,1", "1,1,1", "2,3,1", "1,5,2", "1,1,7", "4,1,200"})
  void theSmallestPicturesComeOutAtTheirSize(int scale, int width, int height) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      Executor executor =
          new Executor(
              network, Passages.parameters(network), settings(Precision.FLOAT32, 1L << 30));
      Tensor high = executor.run(Passages.noise(height, width));
      assertThat(high.shape()).containsExactly(1, 3, (long) height * scale, (long) width * scale);
      assertThat(high.isFinite()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"4", "2"})
  void bfloat16StaysNearFloat32(int scale) {
    RrdbNet network = network(scale);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(40, 56);
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
      FlatParameters parameters = Passages.parameters(network);
      parameters.flat().timesInPlace(Double.NaN);
      for (Precision precision : Precision.values()) {
        Executor executor = new Executor(network, parameters, settings(precision, 1L << 30));
        assertThatThrownBy(() -> executor.run(Passages.noise(8, 8)))
            .isInstanceOf(NotFiniteException.class)
            .hasMessageContaining("damaged");
      }
    }
  }

  private static RrdbNet network(int scale) {
    return Passages.network(16, 8, 1, scale, false);
  }

  private static Executor.Settings settings(Precision precision, long memory) {
    return new Executor.Settings(Device.CPU, precision, memory);
  }
}
