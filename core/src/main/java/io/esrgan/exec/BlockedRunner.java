package io.esrgan.exec;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.ConvolutionWeights;
import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Computes a graph on the CPU with kernels that were made for it: feature maps in the layout that
 * the processor's convolutions are written for, weights laid out once, memory taken once,
 * rectifiers and residuals within the convolutions, concatenations without a copy.
 */
final class BlockedRunner implements Runner, AutoCloseable {
  /** Squared, relative: bfloat16 is well below, other numbers altogether are above. */
  private static final double TRIAL_ERROR = 0.01;

  /** Columns with which there are the kernels that wide pictures get. */
  private static final int TRIAL_WIDTH = 16;

  /** Likewise on units for tiles, which have kernels for rows without edges from 51 columns on. */
  private static final int TRIAL_WIDTH_ON_TILES = 64;

  private static final int TRIAL_ROWS = 4;

  /** Higher strips gain nothing and take memory. */
  private static final int STRIP_PIXELS = 32 << 10;

  /** What a strip costs besides its pixels, in pixels. */
  private static final int STRIP_COST = 2_300;

  /** Likewise on units for tiles, which are so fast that large strips wait for memory. */
  private static final int STRIP_COST_ON_TILES = 900;

  /** Strips in pairs hold two and a half times as much: for a fifth of the time, not any amount. */
  private static final long WORTH_BYTES = 2L << 30;

  /** Sums and differences of rows are worked out once, and must be read often to be worth it. */
  private static final double FEWEST_RESULTS_OF_A_PAIR = 100;

  private final Lowering lowering;
  private final FlatParameters parameters;
  private final Precision precision;
  private final int block;
  private final Map<Conv2d, List<ConvolutionWeights>> weights = new HashMap<>();
  private final IdlePassage idle;
  private BlockedRunner frugal; // null until it is asked for

  private BlockedRunner(
      Lowering lowering,
      FlatParameters parameters,
      Precision precision,
      int block,
      IdlePassage idle) {
    this.lowering = lowering;
    this.parameters = parameters;
    this.precision = precision;
    this.block = block;
    this.idle = idle;
  }

  /**
   * A runner, if the processor has kernels for this precision and all of the graph's operations are
   * known.
   *
   * @param parameters in float32
   */
  static Optional<BlockedRunner> of(Graph graph, FlatParameters parameters, Precision precision) {
    OptionalInt block = Convolutions.block(precision);
    if (block.isEmpty()) {
      return Optional.empty();
    }
    Optional<BlockedRunner> inPairs =
        Convolutions.arePairsFast(block.getAsInt(), precision)
            ? Lowering.of(graph, true)
                .filter(lowering -> lowering.resultsOfAPair() >= FEWEST_RESULTS_OF_A_PAIR)
                .flatMap(
                    lowering ->
                        of(lowering, parameters, precision, block.getAsInt(), new IdlePassage()))
            : Optional.empty();
    return inPairs.isPresent()
        ? inPairs
        : Lowering.of(graph, false)
            .flatMap(
                lowering ->
                    of(lowering, parameters, precision, block.getAsInt(), new IdlePassage()));
  }

  /** A runner for some steps, if it comes near enough to what the graph gives. */
  static Optional<BlockedRunner> of(
      Lowering lowering,
      FlatParameters parameters,
      Precision precision,
      int block,
      IdlePassage idle) {
    BlockedRunner runner = new BlockedRunner(lowering, parameters, precision, block, idle);
    boolean isUsable = false;
    try {
      isUsable = precision == Precision.FLOAT32 || runner.isNearFloat32();
    } finally {
      if (!isUsable) {
        runner.freeWeights();
      }
    }
    return isUsable ? Optional.of(runner) : Optional.empty();
  }

  @Override
  public Runner frugal() {
    if (frugal == null) {
      frugal = lowering.isPaired() ? byRows() : this;
    }
    return frugal;
  }

  @Override
  public long worthBytes() {
    return lowering.isPaired() ? WORTH_BYTES : Long.MAX_VALUE;
  }

  private BlockedRunner byRows() {
    return Lowering.of(lowering.graph(), false)
        .flatMap(byRows -> of(byRows, parameters, precision, block, idle))
        .orElse(this);
  }

  /**
   * Whether a picture of a few pixels comes out as from the graph's own operations in float32, but
   * for rounding. Kernels for less precise numbers are many and depend on the processor; a wrong
   * one shows here. All at once, for in strips a deep network would go over many below the picture;
   * so copies from strip to strip, which only move bits, are not tried.
   */
  private boolean isNearFloat32() {
    int multiple = lowering.unshuffle();
    Runner exact =
        new TensorRunner(
            lowering.graph(), parameters::get, Device.CPU, Precision.FLOAT32, multiple);
    try (Scope scope = Scope.open()) {
      int width = Convolutions.areForTiles(block) ? TRIAL_WIDTH_ON_TILES : TRIAL_WIDTH;
      Tensor ramp = ramp(width * multiple, TRIAL_ROWS * multiple);
      Tensor actual = result(this, ramp);
      Tensor expected = result(exact, ramp);
      double scale = expected.square().mean().item();
      double error = actual.minus(expected).square().mean().item();
      return error <= TRIAL_ERROR * scale; // false if it is not a number
    }
  }

  private Tensor ramp(int width, int height) {
    int channels = lowering.graph().nodes().get(0).channels();
    float[] ramp = new float[channels * height * width];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (float) (i + 1) / ramp.length;
    }
    return Tensor.of(ramp, 1, channels, height, width);
  }

  private static Tensor result(Runner runner, Tensor low) {
    int height = Math.toIntExact(low.size(2));
    try (Passage passage = runner.over(Math.toIntExact(low.size(3)), height, height)) {
      return passage.advance(low).orElseThrow();
    }
  }

  @Override
  public Passage over(int width, int height, int stripRows) {
    StripShape shape = shape(width, height, stripRows);
    return idle.begin(lowering, shape, () -> passage(shape));
  }

  /** A new passage, of the caller's own. */
  BlockedPassage passage(StripShape shape) {
    return new BlockedPassage(lowering, shape, this::weights);
  }

  @Override
  public void forget() {
    idle.forget();
  }

  @Override
  public int rowStep() {
    return lowering.isPaired() ? 2 * lowering.unshuffle() : 1;
  }

  @Override
  public long bytes(int width, int height, int stripRows) {
    int multiple = lowering.unshuffle();
    int wide = (width + multiple - 1) / multiple * multiple;
    BlockedPlan plan = new BlockedPlan(lowering, shape(wide, height, stripRows));
    return plan.working() + plan.held() + 2 * plan.planes() + plan.scratch();
  }

  /** Layers lag behind, so that nearly all end in the midst of a strip, which is computed whole. */
  @Override
  public int rowsWorked(int height, int stripRows) {
    return stripRows < height ? height + stripRows : height;
  }

  /** A strip more in all is computed, so that fewer and higher ones are not always faster. */
  @Override
  public int stripRows(int width, int height) {
    int cost = Convolutions.areForTiles(block) ? STRIP_COST_ON_TILES : STRIP_COST;
    double fastest = Math.sqrt((double) cost * height / width);
    return Math.min((int) fastest, STRIP_PIXELS / width);
  }

  private StripShape shape(int width, int height, int stripRows) {
    int rows = (Math.min(height, stripRows) + rowStep() - 1) / rowStep() * rowStep();
    return new StripShape(width, height, rows, block, precision);
  }

  private List<ConvolutionWeights> weights(Lowering.Convolve convolve) {
    return weights.computeIfAbsent(convolve.layer(), layer -> new Packing(convolve).weights());
  }

  /** Gives all back; passages that are still open must be closed before. */
  @Override
  public void close() {
    idle.close();
    freeWeights();
    if (frugal != null && frugal != this) {
      frugal.freeWeights();
    }
  }

  private void freeWeights() {
    idle.forget(); // or its kernels read them
    weights.values().forEach(list -> list.forEach(ConvolutionWeights::close));
    weights.clear();
  }

  /** A convolution's numbers, with zeros for the channels that fill up blocks. */
  private final class Packing {
    private final Lowering.Convolve convolve;
    private final int kernel;
    private final int outputs; // filled up
    private final int inputs; // filled up
    private final float[] weight; // (outputs, inputs, kernel, kernel)
    private final float[] bias; // (outputs)

    Packing(Lowering.Convolve convolve) {
      this.convolve = convolve;
      Conv2d layer = convolve.layer();
      this.kernel = layer.kernel();
      this.outputs = filled(layer.outputs());
      this.inputs = convolve.parts().stream().mapToInt(part -> filled(part.channels())).sum();
      this.weight = new float[outputs * inputs * kernel * kernel];
      this.bias = new float[outputs];
      fill(layer);
    }

    private int filled(int channels) {
      return (channels + block - 1) / block * block;
    }

    private void fill(Conv2d layer) {
      float[] given = parameters.get(layer.weight()).toFloats(); // (out, in, kernel, kernel)
      scale(given);
      int taps = kernel * kernel;
      for (int o = 0; o < layer.outputs(); o++) {
        int from = o * layer.inputs() * taps;
        int to = o * inputs * taps;
        for (Lowering.Maps part : convolve.parts()) {
          System.arraycopy(given, from, weight, to, part.channels() * taps);
          from += part.channels() * taps;
          to += filled(part.channels()) * taps;
        }
      }
      if (layer.bias() != null) {
        float[] added = parameters.get(layer.bias()).toFloats();
        scale(added);
        System.arraycopy(added, 0, bias, 0, added.length);
      }
    }

    private void scale(float[] values) {
      if (convolve.factor() != 1) {
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (values[i] * convolve.factor());
        }
      }
    }

    List<ConvolutionWeights> weights() {
      if (convolve.window().isPaired()) {
        return pairs();
      }
      if (!convolve.isDoubled()) {
        return List.of(new ConvolutionWeights(weight, bias, outputs, inputs, kernel, kernel));
      }
      if (Convolutions.areForTiles(block)) {
        return List.of(new ConvolutionWeights(spread(), bias, outputs, inputs, 4, 4));
      }
      List<ConvolutionWeights> phases = new ArrayList<>();
      for (int top = 0; top < 2; top++) {
        for (int left = 0; left < 2; left++) {
          phases.add(new ConvolutionWeights(phase(top, left), bias, outputs, inputs, 2, 2));
        }
      }
      return phases;
    }

    /** Of each kind in a {@link PairWindow}: g0, (g0 + g1 + g2) / 2, (g0 - g1 + g2) / 2, g2. */
    private List<ConvolutionWeights> pairs() {
      float[][] kinds = new float[4][outputs * inputs * 3];
      for (int plane = 0; plane < outputs * inputs; plane++) {
        for (int column = 0; column < 3; column++) {
          int first = 9 * plane + column;
          float upper = weight[first];
          float middle = weight[first + 3];
          float lower = weight[first + 6];
          double outer = (double) upper + lower;
          int place = 3 * plane + column;
          kinds[0][place] = upper;
          kinds[1][place] = (float) ((outer + middle) / 2);
          kinds[2][place] = (float) ((outer - middle) / 2);
          kinds[3][place] = lower;
        }
      }
      float[] none = new float[outputs];
      return List.of(
          new ConvolutionWeights(kinds[0], bias, outputs, inputs, 1, 3),
          new ConvolutionWeights(kinds[1], none, outputs, inputs, 1, 3),
          new ConvolutionWeights(kinds[2], none, outputs, inputs, 1, 3),
          new ConvolutionWeights(kinds[3], bias, outputs, inputs, 1, 3));
    }

    /** What a pixel of the small picture adds to each of the 4x4 pixels around its four. */
    private float[] spread() {
      float[] spread = new float[outputs * inputs * 16];
      for (int top = 0; top < 2; top++) {
        for (int left = 0; left < 2; left++) {
          float[] phase = phase(top, left);
          for (int i = 0; i < phase.length; i++) {
            int row = 3 - 2 * (i / 2 % 2) - top;
            int column = 3 - 2 * (i % 2) - left;
            spread[16 * (i / 4) + 4 * row + column] = phase[i];
          }
        }
      }
      return spread;
    }

    /**
     * Of three rows of a picture whose pixels were doubled, two are the same: their weights are
     * summed. The upper of two doubled rows sees the row above, the lower one the row below;
     * columns likewise.
     */
    private float[] phase(int top, int left) {
      float[] summed = new float[outputs * inputs * 4];
      for (int plane = 0; plane < outputs * inputs; plane++) {
        for (int y = 0; y < 3; y++) {
          for (int x = 0; x < 3; x++) {
            int row = (y + 1 + top) / 2 - top;
            int column = (x + 1 + left) / 2 - left;
            summed[4 * plane + 2 * row + column] += weight[9 * plane + 3 * y + x];
          }
        }
      }
      return summed;
    }
  }
}
