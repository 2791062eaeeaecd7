package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.esrgan.Differences;
import io.esrgan.SmallNetwork;
import io.esrgan.model.Generators;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks that the paper compares with, in strips, in tiles and as a whole. */
class NetworkStripsTest {

  @ParameterizedTest
  @EnumSource(value = SmallNetwork.class, mode = EnumSource.Mode.EXCLUDE, names = "RCAN")
  void stripsGiveTheWholePicture(SmallNetwork small) {
    Network network = small.network();
    SplittableRandom random = new SplittableRandom(3);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Runner runner = Passages.runner(network, parameters, Precision.FLOAT32);
      for (int i = 0; i < 12; i++) {
        int height = random.nextInt(1, 31);
        int width = random.nextInt(1, 24);
        int strip = random.nextInt(1, 13);
        Tensor low = Passages.noise(height, width);
        Tensor whole = Passages.strips(runner, low, height);
        Tensor strips = Passages.strips(runner, low, strip);
        Tensor direct = ((Live) network.forward(new Live(low, parameters::get))).tensor();
        String size = "%d x %d in strips of %d".formatted(width, height, strip);
        assertThat(Differences.largest(strips.toFloats(), whole.toFloats()))
            .as(size)
            .isLessThan(1e-6); // libtorch rounds differently by size where there are few channels
        assertThat(Differences.largest(direct.toFloats(), whole.toFloats()))
            .as(size)
            .isLessThan(1e-5);
      }
    }
  }

  static List<GeneratorConfig> wide() {
    return List.of(
        new ResidualConfig(3, 64, 1, 4, true, 1),
        new ResidualConfig(3, 64, 1, 4, false, 0.2),
        new SrResNetConfig(64, 1, 4, true),
        new EdsrConfig(64, 1, 4, 1),
        new CompactConfig(64, 1, 4),
        new SrcnnConfig(1, 5, 2));
  }

  @ParameterizedTest
  @MethodSource("wide")
  void soItIsAtThePublishedWidths(GeneratorConfig config) {
    Network network = Generators.of(config);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
        Runner runner = Passages.best(network, parameters, precision);
        Tensor low = Passages.noise(37, 41);
        float[] whole = Passages.strips(runner, low, 37).toFloats();
        float[] strips = Passages.strips(runner, low, 8).toFloats();
        assertThat(Differences.largest(strips, whole)).as(precision.name()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SmallNetwork.class)
  void theExecutorGivesWhatTheForwardPassGives(SmallNetwork small) {
    Network network = small.network();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(13, 17);
      Tensor direct = ((Live) network.forward(new Live(low, parameters::get))).tensor();
      Executor executor = new Executor(network, parameters, settings(Precision.FLOAT32, 1 << 28));
      assertThat(executor.plan(17, 13).exact()).isTrue();
      assertThat(Differences.largest(executor.run(low).toFloats(), direct.toFloats()))
          .isLessThan(1e-5);
      Executor shorter = new Executor(network, parameters, settings(Precision.BFLOAT16, 1 << 28));
      assertThat(Differences.largest(shorter.run(low).toFloats(), direct.toFloats()))
          .isLessThan(0.05);
    }
  }

  @Test
  void withoutTheMemoryForAllOfItAttentionIsComputedInTilesWhichAreApproximate() {
    Network network = SmallNetwork.RCAN.network();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(150, 130);
      Executor whole = new Executor(network, parameters, settings(Precision.FLOAT32, 1 << 28));
      Plan all = whole.plan(130, 150);
      assertThat(all.cut()).isEqualTo(Plan.Cut.WHOLE);
      assertThat(all.exact()).isTrue();
      assertThat(all.repetition()).isEqualTo(1);

      Executor tiled =
          new Executor(network, parameters, settings(Precision.FLOAT32, all.bytes() / 3));
      Plan tiles = tiled.plan(130, 150);
      assertThat(tiles.cut()).isEqualTo(Plan.Cut.BANDS);
      assertThat(tiles.stripRows()).isLessThan(150);
      assertThat(tiles.exact()).isFalse();
      assertThat(tiles.bytes()).isLessThanOrEqualTo(all.bytes() / 3);
      assertThat(tiles.repetition()).isGreaterThan(1);
      assertThat(tiles.multiplications())
          .isCloseTo(all.multiplications() * tiles.repetition(), withinPercentage(0.01));

      float[] approximate = tiled.run(low).toFloats();
      float[] exact = whole.run(low).toFloats();
      assertThat(approximate).hasSameSizeAs(exact);
      assertThat(Differences.largest(approximate, exact)).isBetween(1e-9, 0.01);
    }
  }

  private static Executor.Settings settings(Precision precision, long bytes) {
    return new Executor.Settings(Device.CPU, precision, bytes);
  }
}
