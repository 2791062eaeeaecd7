package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.Differences;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a step of a passage goes wrong. */
class FailingStepTest {
  private static final Precision EXACT = Precision.FLOAT32;

  /** Memory that runs out after so many calls for a parameter, so often, once a runner is made. */
  private static final class Shortage {
    private final FlatParameters parameters;
    private final int from;
    private final int times;
    private int calls = Integer.MIN_VALUE;

    Shortage(FlatParameters parameters, int from, int times) {
      this.parameters = parameters;
      this.from = from;
      this.times = times;
    }

    Runner runner(RrdbNet network) {
      Runner runner =
          new TensorRunner(
              Graph.record(network), this::get, Device.CPU, EXACT, network.sizeMultiple());
      calls = 0;
      return runner;
    }

    private Tensor get(Parameter parameter) {
      calls++;
      if (calls > from && calls - from <= times) {
        throw new OutOfMemoryError("injected");
      }
      return parameters.get(parameter);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 17, 60, 93, 150, 165})
  void aStepWithoutMemoryIsTakenBackAndHalved(int call) {
    RrdbNet network = Passages.network(8, 4, 1, 2, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(40, 12);
      Tensor expected = Passages.strips(Passages.runner(network, parameters, EXACT), low, 40);
      Shortage shortage = new Shortage(parameters, call, 1);
      Runner runner = shortage.runner(network);
      List<Tensor> parts = new ArrayList<>();
      try (Passage passage = runner.over(12, 40, 8)) {
        Feed feed = new Feed(passage, 2, 8);
        for (int row = 0; row < 40; ) {
          int count = Math.min(feed.stripRows(), 40 - row);
          parts.addAll(feed.advance(low.slice(2, row, count)));
          row += count;
        }
        assertThat(feed.stripRows()).isEqualTo(4);
      }
      assertThat(Differences.largest(Tensor.concatenate(2, parts).toFloats(), expected.toFloats()))
          .isZero();
    }
  }

  @Test
  void memoryThatStaysShortIsSaidInOneLine() {
    RrdbNet network = Passages.network(8, 4, 1, 4, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Shortage shortage = new Shortage(parameters, 5, Integer.MAX_VALUE);
      Runner runner = shortage.runner(network);
      Executor executor =
          new Executor(
              network, parameters, new Executor.Settings(Device.CPU, EXACT, 1 << 30), runner);
      assertThatThrownBy(() -> executor.run(Passages.noise(20, 12)))
          .isInstanceOf(TooLittleMemoryException.class)
          .hasMessageContaining("memory ran out")
          .hasMessageContaining("close other programs");
    }
  }

  @Test
  void passagesLeaveNothingBehindFinishedOrNot() {
    RrdbNet network = Passages.network(8, 4, 1, 4, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Runner runner = Passages.runner(network, parameters, EXACT);
      Tensor low = Passages.noise(30, 12);
      long before = Scope.liveTensors();
      try (Scope inner = Scope.open()) {
        Passages.strips(runner, low, 4);
        Passage unfinished = runner.over(12, 30, 4);
        unfinished.advance(low.slice(2, 0, 4));
        unfinished.close();
      }
      assertThat(Scope.liveTensors()).isEqualTo(before);
    }
  }

  /** A runner of which one result, counted from 0, is all {@code poison}. */
  private record Poisoned(Runner clean, double poison, int result) implements Runner {
    @Override
    public int stripRows(int width, int height) {
      return clean.stripRows(width, height);
    }

    @Override
    public Passage over(int width, int height, int stripRows) {
      Passage passage = clean.over(width, height, stripRows);
      int[] results = {0};
      return new Passage() {
        @Override
        public Optional<Tensor> advance(Tensor rows) {
          return passage
              .advance(rows)
              .map(part -> results[0]++ == result ? part.times(0).plus(poison) : part);
        }

        @Override
        public Optional<Tensor> rest() {
          return passage.rest();
        }

        @Override
        public void close() {
          passage.close();
        }
      };
    }

    @Override
    public long bytes(int width, int height, int stripRows) {
      return stripRows <= 16 ? 1 : Long.MAX_VALUE; // never whole
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0.5})
  void aDamagedStripIsComputedAgainInFloat32(double poison) {
    RrdbNet network = Passages.network(8, 4, 1, 2, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(91, 13);
      Executor.Settings settings = new Executor.Settings(Device.CPU, Precision.BFLOAT16, 1 << 30);
      // The clean runner computes in float32, so that the repeated rows have the same bits.
      Runner clean = Passages.best(network, parameters, EXACT);
      Executor executor =
          new Executor(network, parameters, settings, new Poisoned(clean, poison, 2));
      Tensor expected =
          new Executor(network, parameters, new Executor.Settings(Device.CPU, EXACT, 1 << 30))
              .run(low);

      Tensor actual = executor.run(low);

      assertThat(executor.plan(13, 91).cut()).isEqualTo(Plan.Cut.STRIPS);
      assertThat(executor.repeatedStrips()).isEqualTo(1);
      assertThat(Differences.largest(actual.toFloats(), expected.toFloats())).isZero();
    }
  }
}
