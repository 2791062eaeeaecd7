package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.RrdbConfig;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The kernels made for the processor give what the readable forward pass gives, in any strips. */
class BlockedRunnerTest {

  @Property(tries = 40)
  void stripsGiveTheBitsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 20) int features,
      @ForAll @IntRange(min = 1, max = 12) int growth,
      @ForAll @IntRange(min = 1, max = 2) int blocks,
      @ForAll boolean plus,
      @ForAll @IntRange(min = 0, max = 2) int scalePower,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll boolean inPairs) {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    RrdbNet network = Passages.network(features, growth, blocks, 1 << scalePower, plus);
    int multiple = network.sizeMultiple();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height * multiple, width * multiple);
      try (BlockedRunner runner = runner(network, parameters, Precision.FLOAT32, inPairs)) {
        Tensor whole = Passages.strips(runner, low, height * multiple);
        Tensor strips = Passages.strips(runner, low, rows * multiple);
        assertThat(strips.toFloats()).containsExactly(whole.toFloats());
        Tensor expected = ((Live) network.forward(new Live(low, parameters::get))).tensor();
        assertClose(whole.toFloats(), expected.toFloats(), 2e-6);
      }
    }
  }

  @Property(tries = 15)
  void stripsInBfloat16GiveTheBitsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 70) int features,
      @ForAll @IntRange(min = 1, max = 40) int growth,
      @ForAll boolean plus,
      @ForAll @IntRange(min = 0, max = 2) int scalePower,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll boolean inPairs) {
    assertBfloat16Strips(features, growth, plus, scalePower, width, height, rows, inPairs);
  }

  @Property(tries = 20)
  void aPassageThatIsBegunAnewForgetsThePictureBefore(
      @ForAll @IntRange(min = 1, max = 2) int blocks,
      @ForAll @IntRange(min = 1, max = 24) int width,
      @ForAll @IntRange(min = 2, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 0, max = 60) int rowsOfTheFirst,
      @ForAll boolean inPairs) {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    RrdbNet network = Passages.network(9, 5, blocks, 4, false);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height, width);
      try (BlockedRunner fresh = runner(network, parameters, Precision.FLOAT32, inPairs);
          BlockedRunner runner = runner(network, parameters, Precision.FLOAT32, inPairs)) {
        Passage left = runner.over(width, height, (rows + 1) / 2 * 2);
        for (int row = 0; row < Math.min(rowsOfTheFirst, height); row++) {
          left.advance(low.slice(2, height - 1 - row, 1));
        }
        left.close();
        left.close();
        assertThatThrownBy(left::rest).isInstanceOf(IllegalStateException.class);
        float[] expected = Passages.strips(fresh, low, rows).toFloats();
        assertThat(Passages.strips(runner, low, rows).toFloats()).containsExactly(expected);
      }
    }
  }

  @Property(tries = 8)
  void aNetworkThatDoesNotEnlargeGivesWhatItsGraphGives(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll boolean inPairs) {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 16, 8, 1, 1, 1, false));
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height, width);
      Runner forward = Passages.runner(network, parameters, Precision.FLOAT32);
      try (BlockedRunner runner = runner(network, parameters, Precision.FLOAT32, inPairs)) {
        float[] whole = Passages.strips(runner, low, height).toFloats();
        assertThat(Passages.strips(runner, low, rows).toFloats()).containsExactly(whole);
        assertClose(whole, Passages.strips(forward, low, height).toFloats(), 1e-5);
      }
    }
  }

  @Example
  void stripsOfTallPicturesAreHigherAndThoseOfWideOnesLower() {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    RrdbNet network = Passages.network(16, 8, 1, 4, false);
    try (Scope scope = Scope.open();
        BlockedRunner runner =
            BlockedRunner.of(Graph.record(network), Passages.parameters(network), Precision.FLOAT32)
                .orElseThrow()) {
      assertThat(runner.stripRows(512, 512)).isBetween(16, 64);
      assertThat(runner.stripRows(512, 5120)).isGreaterThan(runner.stripRows(512, 512));
      assertThat(runner.stripRows(2048, 20_000)).isEqualTo(16);
      assertThat(runner.stripRows(40_000, 20_000)).isZero();
      Executor.Settings plenty = new Executor.Settings(Device.CPU, Precision.FLOAT32, 64L << 30);
      Graph graph = Graph.record(network);
      assertThat(Plan.of(40_000, 20_000, 1, graph, runner, plenty).stripRows()).isEqualTo(8);
    }
  }

  /** Windows that no network of ours has: of any height, with rows that wait below them. */
  @Property(tries = 200)
  void anyNetworkInStripsGivesWhatItsGraphGives(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int length,
      @ForAll @IntRange(min = 1, max = 20) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll boolean tiles) {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    Network network = new DrawnNetwork(seed, length);
    int block = tiles ? 32 : Convolutions.block(Precision.FLOAT32).getAsInt();
    Lowering lowering = Lowering.of(Graph.record(network), false).orElseThrow();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height, width);
      Runner forward = Passages.runner(network, parameters, Precision.FLOAT32);
      float[] expected = Passages.strips(forward, low, height).toFloats();
      try (BlockedRunner runner =
          BlockedRunner.of(lowering, parameters, Precision.FLOAT32, block, new IdlePassage())
              .orElseThrow()) {
        assertClose(Passages.strips(runner, low, height).toFloats(), expected, 1e-5);
        assertClose(Passages.strips(runner, low, rows).toFloats(), expected, 1e-5);
        assertClose(Passages.strips(runner, low, rows).toFloats(), expected, 1e-5);
      }
    }
  }

  /** Wide enough for the kernels that large pictures get. */
  @Property(tries = 4)
  void wideStripsInBfloat16GiveTheBitsOfTheWhole(
      @ForAll @IntRange(min = 0, max = 1) int scalePower,
      @ForAll @IntRange(min = 64, max = 130) int width,
      @ForAll @IntRange(min = 33, max = 48) int height,
      @ForAll @IntRange(min = 1, max = 32) int rows,
      @ForAll boolean inPairs) {
    assertBfloat16Strips(64, 32, false, scalePower, width, height, rows, inPairs);
  }

  @Example
  void memoryOfKernelsForTilesIsForeseen() {
    OptionalInt block = Convolutions.block(Precision.BFLOAT16);
    assumeTrue(block.isPresent() && Convolutions.areForTiles(block.getAsInt()));
    RrdbNet network = Passages.network(64, 32, 1, 4, false);
    Graph graph = Graph.record(network);
    StripShape shape = new StripShape(500, 300, 40, block.getAsInt(), Precision.BFLOAT16);
    double foreseen = new BlockedPlan(Lowering.of(graph, false).orElseThrow(), shape).scratch();
    try (Scope scope = Scope.open();
        BlockedRunner runner =
            BlockedRunner.of(graph, Passages.parameters(network), Precision.BFLOAT16)
                .orElseThrow();
        BlockedPassage passage = runner.passage(shape)) {
      assertThat((double) passage.scratch()).isBetween(0.7 * foreseen, 1.1 * foreseen);
    }
  }

  private static void assertBfloat16Strips(
      int features,
      int growth,
      boolean plus,
      int scalePower,
      int width,
      int height,
      int rows,
      boolean inPairs) {
    assumeTrue(Device.CPU.preferredPrecision() == Precision.BFLOAT16);
    RrdbNet network = Passages.network(features, growth, 1, 1 << scalePower, plus);
    int multiple = network.sizeMultiple();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(height * multiple, width * multiple);
      try (BlockedRunner runner = runner(network, parameters, Precision.BFLOAT16, inPairs);
          BlockedRunner exact =
              BlockedRunner.of(Graph.record(network), parameters, Precision.FLOAT32)
                  .orElseThrow()) {
        Tensor whole = Passages.strips(runner, low, height * multiple);
        Tensor strips = Passages.strips(runner, low, rows * multiple);
        assertThat(strips.toFloats()).containsExactly(whole.toFloats());
        float[] expected = Passages.strips(exact, low, height * multiple).toFloats();
        assertClose(whole.toFloats(), expected, 0.03);
      }
    }
  }

  /** In pairs of rows, where there are kernels and layers for that, or by rows. */
  private static BlockedRunner runner(
      RrdbNet network, FlatParameters parameters, Precision precision, boolean inPairs) {
    int block = Convolutions.block(precision).orElseThrow();
    Graph graph = Graph.record(network);
    Optional<Lowering> lowering =
        inPairs && Convolutions.arePairsFast(block, precision)
            ? Lowering.of(graph, true)
            : Optional.empty();
    return BlockedRunner.of(
            lowering.or(() -> Lowering.of(graph, false)).orElseThrow(),
            parameters,
            precision,
            block,
            new IdlePassage())
        .orElseThrow();
  }

  @Example
  void thePapersNetworkIsComputedInPairsUnlessThatTakesVeryMuchMemory() {
    OptionalInt block = Convolutions.block(Precision.FLOAT32);
    assumeTrue(block.isPresent() && Convolutions.arePairsFast(block.getAsInt(), Precision.FLOAT32));
    RrdbNet network = Passages.network(64, 32, 1, 4, false);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Graph graph = Graph.record(network);
      Executor.Settings plenty = new Executor.Settings(Device.CPU, Precision.FLOAT32, 64L << 30);
      try (BlockedRunner runner =
          BlockedRunner.of(graph, parameters, Precision.FLOAT32).orElseThrow()) {
        assertThat(Plan.of(3_000, 2_000, 1, graph, runner, plenty).frugal()).isFalse();
        assertThat(Plan.of(30_000, 2_000, 1, graph, runner, plenty).frugal()).isTrue();
        Runner byRows = runner.frugal();
        assertThat(byRows).isNotSameAs(runner);
        assertThat(byRows.frugal()).isSameAs(byRows);
        Tensor low = Passages.noise(9, 17);
        float[] pairs = Passages.strips(runner, low, 9).toFloats();
        float[] rows = Passages.strips(byRows, low, 9).toFloats();
        assertThat(pairs).isNotEqualTo(rows);
        assertClose(pairs, rows, 2e-6);
      }
    }
  }

  @Example
  void stripsForTilesAreLower() {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    RrdbNet network = Passages.network(16, 8, 1, 4, false);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = Passages.parameters(network);
      try (BlockedRunner tiles = forTiles(network, parameters, Precision.FLOAT32);
          BlockedRunner others = runner(network, parameters, Precision.FLOAT32, false)) {
        assertThat(tiles.stripRows(512, 512)).isBetween(16, others.stripRows(512, 512) - 1);
        assertThat(tiles.stripRows(512, 5120)).isGreaterThan(tiles.stripRows(512, 512));
      }
    }
  }

  /** In the layout for tiles, with its margins of zeros, by kernels that are exact. */
  @Property(tries = 12)
  void theLayoutForTilesGivesWhatTheGraphGives(
      @ForAll @IntRange(min = 0, max = 2) int scalePower,
      @ForAll @IntRange(min = 1, max = 70) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 20) int rows) {
    assumeTrue(Convolutions.block(Precision.FLOAT32).isPresent());
    int folded = 4 >> scalePower; // pixels of the picture to one of the network's
    RrdbNet network = Passages.network(16, 8, 1, 1 << scalePower, false);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(folded * height, folded * width);
      Runner forward = Passages.runner(network, parameters, Precision.FLOAT32);
      float[] expected = Passages.strips(forward, low, folded * height).toFloats();
      try (BlockedRunner tiles = forTiles(network, parameters, Precision.FLOAT32)) {
        assertClose(Passages.strips(tiles, low, folded * height).toFloats(), expected, 1e-5);
        assertClose(Passages.strips(tiles, low, folded * rows).toFloats(), expected, 1e-5);
        assertClose(Passages.strips(tiles, low, folded * rows).toFloats(), expected, 1e-5);
      }
    }
  }

  private static BlockedRunner forTiles(
      RrdbNet network, FlatParameters parameters, Precision precision) {
    Lowering lowering = Lowering.of(Graph.record(network), false).orElseThrow();
    return BlockedRunner.of(lowering, parameters, precision, 32, new IdlePassage()).orElseThrow();
  }

  /** Other kernels do it without tiles, slowly and with other bits, but in the same layout. */
  @Example
  void theLayoutForTilesIsRightOnOtherProcessorsToo() {
    assumeTrue(Convolutions.block(Precision.BFLOAT16).isPresent());
    RrdbNet network = Passages.network(64, 32, 1, 4, false);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = Passages.parameters(network);
      Tensor low = Passages.noise(21, 18);
      try (BlockedRunner tiles = forTiles(network, parameters, Precision.BFLOAT16);
          BlockedRunner exact = runner(network, parameters, Precision.FLOAT32, false)) {
        float[] expected = Passages.strips(exact, low, 21).toFloats();
        assertClose(Passages.strips(tiles, low, 21).toFloats(), expected, 0.03);
        assertClose(Passages.strips(tiles, low, 8).toFloats(), expected, 0.03);
      }
    }
  }

  @Example
  void whereMemoryIsShortAPictureIsComputedByRowsRatherThanInBands() {
    RrdbNet network = Passages.network(64, 32, 2, 4, false);
    try (Scope scope = Scope.open()) {
      Graph graph = Graph.record(network);
      FlatParameters parameters = Passages.parameters(network);
      Executor.Settings plenty = new Executor.Settings(Device.CPU, Precision.FLOAT32, 8L << 30);
      Runner runner = Runner.of(graph, parameters, plenty, 1);
      assumeTrue(runner.frugal() != runner);
      Plan fast = Plan.of(700, 900, 1, graph, runner, plenty);
      assertThat(fast.frugal()).isFalse();
      assertThat(fast.stripRows() % runner.rowStep()).isZero();
      long little = runner.frugal().bytes(700, 900, 8);
      Plan frugal =
          Plan.of(
              700,
              900,
              1,
              graph,
              runner,
              new Executor.Settings(Device.CPU, Precision.FLOAT32, little));
      assertThat(frugal.frugal()).isTrue();
      assertThat(frugal.cut()).isEqualTo(Plan.Cut.STRIPS);
    }
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    double largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i])
          .as("at %d", i)
          .isCloseTo(expected[i], within(tolerance * largest));
    }
  }
}
