package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Live;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The kernels made for the processor give what the readable forward pass gives, in any strips. */
class BlockedRunnerTest {

  @Property(tries = 60)
  void stripsGiveTheBitsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 20) int features,
      @ForAll @IntRange(min = 1, max = 12) int growth,
      @ForAll @IntRange(min = 1, max = 2) int blocks,
      @ForAll boolean plus,
      @ForAll @IntRange(min = 0, max = 2) int scalePower,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int rows) {
    assumeTrue(Kernels.block(Precision.FLOAT32).isPresent());
    RrdbConfig config = config(features, growth, blocks, 1 << scalePower, plus);
    RrdbNet network = new RrdbNet(config);
    int multiple = network.sizeMultiple();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = parameters(network);
      Tensor low = picture(height * multiple, width * multiple);
      try (BlockedRunner runner = runner(network, parameters)) {
        Tensor whole = run(runner, low, height * multiple);
        Tensor strips = run(runner, low, rows * multiple);
        assertThat(strips.toFloats()).containsExactly(whole.toFloats());
        Tensor expected = ((Live) network.forward(new Live(low, parameters::get))).tensor();
        assertClose(whole.toFloats(), expected.toFloats());
      }
    }
  }

  private static RrdbConfig config(int features, int growth, int blocks, int scale, boolean plus) {
    return new RrdbConfig(3, 3, features, growth, blocks, scale, 4 / scale, plus);
  }

  private static FlatParameters parameters(RrdbNet network) {
    FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 3);
    return parameters;
  }

  private static BlockedRunner runner(RrdbNet network, FlatParameters parameters) {
    return BlockedRunner.of(Graph.record(network), parameters, Precision.FLOAT32).orElseThrow();
  }

  private static Tensor run(Runner runner, Tensor low, int rows) {
    int height = (int) low.size(2);
    int width = (int) low.size(3);
    Tensor high = null;
    long done = 0;
    try (Passage passage = runner.over(width, height, rows)) {
      for (int y = 0; y < height; y += rows) {
        Tensor part = passage.advance(low.slice(2, y, Math.min(rows, height - y))).orElse(null);
        if (part != null) {
          if (high == null) {
            high =
                Tensor.zeros(
                    Precision.FLOAT32,
                    Device.CPU,
                    1,
                    part.size(1),
                    height * (part.size(3) / width),
                    part.size(3));
          }
          high.slice(2, done, part.size(2)).assign(part);
          done += part.size(2);
        }
      }
    }
    assertThat(done).isEqualTo(high.size(2));
    return high;
  }

  private static Tensor picture(int height, int width) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[3 * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Tensor.of(values, 1, 3, height, width);
  }

  private static void assertClose(float[] actual, float[] expected) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("at %d", i).isCloseTo(expected[i], within(2e-6 * largest));
    }
  }
}
