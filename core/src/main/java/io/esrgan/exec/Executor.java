package io.esrgan.exec;

import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Runs a network over pictures of any size, within a memory budget, and gives the whole picture's
 * answer.
 *
 * <p>A small picture is computed at once, a larger one in strips of rows, with memory that grows
 * with its width only and nothing computed twice; see {@link Plan}. The bits do not depend on how a
 * picture is cut. Where memory runs out in spite of the plan, the strip is taken back, halved, and
 * the run goes on. Holds the weights in its own precision; works on the thread that made it.
 */
public final class Executor {
  private final Graph graph;
  private final Runner runner;
  private final Watch watch;
  private final Pace pace;
  private final Settings settings;
  private final int sizeMultiple;
  private long resident; // bytes of the process when first asked for a forecast; 0 before

  /**
   * How to run.
   *
   * @param device where to compute
   * @param precision of weights and feature maps
   * @param memoryBytes what feature maps may take
   * @param overlap columns that bands share on each side where a picture is too wide for strips;
   *     empty for as many as the network sees, which is exact
   */
  public record Settings(
      Device device, Precision precision, long memoryBytes, OptionalInt overlap) {
    /** Tiles are approximate at any overlap, and a larger one costs more than it gives. */
    private static final int TILE_OVERLAP = 48;

    /** Checks that there is a budget. */
    public Settings {
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(precision, "precision");
      if (memoryBytes < 1) {
        throw new IllegalArgumentException(
            memoryBytes + " bytes of memory are nothing to compute in");
      }
      if (overlap.orElse(0) < 0) {
        throw new IllegalArgumentException(
            "an overlap of " + overlap.getAsInt() + " columns is less than none");
      }
    }

    /**
     * Rows and columns that tiles share on each side, for a network that sees the whole picture.
     */
    int tileOverlap(Graph graph, int multiple) {
      int pixels = Math.min(graph.receptiveRadius(), overlap.orElse(TILE_OVERLAP));
      return (pixels + multiple - 1) / multiple * multiple;
    }

    /** The same in another precision. */
    Settings with(Precision other) {
      return new Settings(device, other, memoryBytes, overlap);
    }

    /** Exact ones. */
    public Settings(Device device, Precision precision, long memoryBytes) {
      this(device, precision, memoryBytes, OptionalInt.empty());
    }

    /** The fastest there is, in half the memory that is free. Loads the engine. */
    public static Settings automatic() {
      Device device = Device.best();
      return new Settings(device, device.preferredPrecision(), Memory.defaultBudget());
    }
  }

  /**
   * A network with its numbers; the caller's scope owns the copies that are computed with.
   *
   * @param parameters in float32, on the settings' device
   */
  public Executor(Network network, FlatParameters parameters, Settings settings) {
    this(
        network,
        parameters,
        settings,
        Runner.of(Graph.record(network), parameters, settings, network.sizeMultiple()));
  }

  /** With another way of computing. */
  Executor(Network network, FlatParameters parameters, Settings settings, Runner runner) {
    this.graph = Graph.record(network);
    this.runner = runner;
    this.settings = settings;
    this.sizeMultiple = network.sizeMultiple();
    this.pace = new Pace(graph, runner);
    this.watch =
        new Watch(
            graph,
            settings.precision() == Precision.FLOAT32
                ? null
                : Runner.of(graph, parameters, settings.with(Precision.FLOAT32), sizeMultiple),
            sizeMultiple);
  }

  /** How many times larger the output is. */
  public int scale() {
    return graph.output().resolution().numerator();
  }

  /**
   * How a picture of this size would be gone over.
   *
   * @throws TooLittleMemoryException if it does not fit the budget, however it is cut
   */
  public Plan plan(int width, int height) {
    return Plan.of(width, height, sizeMultiple, graph, runner, settings);
  }

  /**
   * What a picture of this size will take. When first asked, this finds out how fast the machine
   * is, which takes some seconds.
   *
   * @throws TooLittleMemoryException as for {@link #plan}
   */
  public Forecast forecast(int width, int height) {
    Plan plan = plan(width, height);
    if (resident == 0) {
      resident = Memory.resident(); // what trials and pictures take, the next ones take again
    }
    double seconds = pace.seconds(plan);
    return new Forecast(
        plan,
        Duration.ofMillis(Math.round(1000 * seconds)),
        Math.max(Memory.resident(), resident + plan.bytes()));
  }

  /** How many strips have been computed again in float32 so far, since they came out damaged. */
  public int repeatedStrips() {
    return watch.repeated();
  }

  /**
   * The network's output for a whole picture.
   *
   * @param low (1, c, h, w) float32 on the CPU, in [0, 1]
   * @param afterRows told how many of the plan's {@link Plan#rows()} are done, now and then
   * @return (1, c, scale h, scale w) float32 on the CPU, unbounded; the caller's scope owns it.
   *     What is not finite in a short precision was computed again in float32.
   * @throws NotFiniteException if it is not finite there either
   * @throws TooLittleMemoryException if it does not fit
   */
  public Tensor run(Tensor low, IntConsumer afterRows) {
    if (low.size(0) != 1) {
      throw new IllegalArgumentException("run: one picture at a time, not " + low);
    }
    return run(low, plan(width(low), height(low)), afterRows);
  }

  private static int height(Tensor low) {
    return Math.toIntExact(low.size(2));
  }

  private static int width(Tensor low) {
    return Math.toIntExact(low.size(3));
  }

  private Tensor run(Tensor low, Plan plan, IntConsumer afterRows) {
    int height = height(low);
    int width = width(low);
    try (Scope scope = Scope.open()) {
      Canvas canvas = new Canvas(scope, graph.output().channels(), width, height, scale());
      sweep(plan, width, height, RowSource.of(low), canvas::put, afterRows);
      return scope.keep(canvas.whole());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // tensors are read and written without files
    }
  }

  /** As {@link #run(Tensor, IntConsumer)}, in silence. */
  public Tensor run(Tensor low) {
    return run(low, done -> {});
  }

  /**
   * The network's output for a picture that is not in memory, and never will be.
   *
   * @param width of the picture
   * @param height of the picture
   * @param in the picture, as {@link #run} takes it
   * @param out the result, as {@link #run} gives it
   * @param scratch a folder for a file of float32 numbers as large as the result, if the plan has
   *     bands; it is deleted at the end
   * @param afterRows told how many of the plan's {@link Plan#rows()} are done, now and then
   * @throws IOException what source, sink or scratch file threw
   * @throws NotFiniteException as for {@link #run}
   * @throws TooLittleMemoryException if it does not fit
   */
  public void stream(
      int width, int height, RowSource in, RowSink out, Path scratch, IntConsumer afterRows)
      throws IOException {
    Plan plan = plan(width, height);
    if (plan.bands().size() == 1) {
      sweep(plan, width, height, in, (x, y, part) -> out.rows(y, part), afterRows);
      return;
    }
    int scale = scale();
    try (Scratch file = new Scratch(scratch, graph.output().channels(), width * scale)) {
      sweep(plan, width, height, in, (x, y, part) -> file.write(x, y, 0, part), afterRows);
      int rows = plan.stripRows() * scale;
      for (int y = 0; y < height * scale; y += rows) {
        try (Scope scope = Scope.open()) {
          out.rows(y, file.read(y, Math.min(rows, height * scale - y)));
        }
      }
    }
  }

  /**
   * How far the result for a picture is from the exact one, where the plan is approximate: the
   * largest difference of a value, held to [0, 1], in a sample of both around edges between bands.
   * Takes the time of some hundred columns and rows, and what the network sees around them.
   *
   * @return 0 where the plan is exact
   * @throws TooLittleMemoryException if the sample does not fit the budget; always, if the network
   *     sees the whole picture, which is no sample
   */
  public double seamError(int width, int height, Crops picture) throws IOException {
    Plan approximate = plan(width, height);
    if (approximate.exact()) {
      return 0;
    }
    if (graph.seesAll()) {
      throw new TooLittleMemoryException(
          "this network sees the whole picture at once, and how far tiles are from that shows only"
              + " beside the whole, which does not fit",
          null);
    }
    Settings exact = new Settings(settings.device(), settings.precision(), settings.memoryBytes());
    int reach = (graph.receptiveRadius() + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
    return new Seams(
            approximate,
            width,
            height,
            reach,
            sizeMultiple,
            scale(),
            low ->
                run(
                    low,
                    Plan.frugal(width(low), height(low), sizeMultiple, graph, runner, exact),
                    rows -> {}))
        .largest(picture);
  }

  /** Takes finished parts of a result. */
  @FunctionalInterface
  private interface Sink {
    void put(int x, int y, Tensor part) throws IOException;
  }

  private void sweep(
      Plan plan, int width, int height, RowSource in, Sink out, IntConsumer afterRows)
      throws IOException {
    int done = 0;
    for (Plan.Band band : plan.bands()) {
      if (done > 0) {
        in.restart();
      }
      sweep(plan, band, width, height, in, out, afterRows, done);
      done += plan.height();
    }
  }

  private void sweep(
      Plan plan,
      Plan.Band band,
      int width,
      int height,
      RowSource in,
      Sink out,
      IntConsumer afterRows,
      int before)
      throws IOException {
    try (PaddedRows input = new PaddedRows(in, height, plan, band);
        Passage passage = begin(plan, band)) {
      int step = Math.max(sizeMultiple, way(plan).rowStep());
      Feed feed = new Feed(passage, step, plan.stripRows());
      Finished finished = new Finished(plan, band, width, (long) height * scale(), input, out);
      for (int row = 0; row < plan.height(); ) {
        try (Scope scope = Scope.open()) {
          int count = Math.min(feed.stripRows(), plan.height() - row);
          for (Tensor part : feed.advance(input.next(count))) {
            finished.put(part);
          }
          row += count;
          input.forget(watch.wanted(finished.rows));
        }
        afterRows.accept(before + row);
      }
      while (finished.rows < (long) plan.height() * scale()) {
        try (Scope scope = Scope.open()) {
          finished.put(feed.rest().orElseThrow());
          input.forget(watch.wanted(finished.rows));
        }
      }
    }
  }

  private Runner way(Plan plan) {
    return plan.frugal() ? runner.frugal() : runner;
  }

  private Passage begin(Plan plan, Plan.Band band) {
    try {
      return way(plan).over(band.seenWidth(), plan.height(), plan.stripRows());
    } catch (OutOfMemoryError e) {
      throw new TooLittleMemoryException(
          "the system has no %d MB left; close other programs, or give a smaller memory budget, so that the picture is cut into smaller pieces"
              .formatted(plan.bytes() >> 20),
          e);
    }
  }

  /** The rows of a band's result that are there, on their way to the sink. */
  private final class Finished {
    private final Plan plan;
    private final Plan.Band band;
    private final int columns;
    private final long height; // of the result
    private final PaddedRows input;
    private final Sink out;
    private long rows;

    Finished(Plan plan, Plan.Band band, int width, long height, PaddedRows input, Sink out) {
      this.plan = plan;
      this.band = band;
      this.columns = Math.min(band.width(), width - band.x()) * scale();
      this.height = height;
      this.input = input;
      this.out = out;
    }

    void put(Tensor part) throws IOException {
      Tensor good = watch.judged(part, rows, input, plan, band);
      long wanted = Math.min(good.size(2), height - rows);
      if (wanted > 0) {
        out.put(
            band.x() * scale(),
            Math.toIntExact(rows),
            good.slice(2, 0, wanted).slice(3, (long) (band.x() - band.seenX()) * scale(), columns));
      }
      rows += good.size(2);
    }
  }

  /** A result in memory, put together of its parts. */
  private static final class Canvas {
    private final Scope scope;
    private final int channels;
    private final int width;
    private final int height;
    private Tensor whole;

    Canvas(Scope scope, int channels, int width, int height, int scale) {
      this.scope = scope;
      this.channels = channels;
      this.width = width * scale;
      this.height = height * scale;
    }

    void put(int x, int y, Tensor part) {
      if (part.size(2) == height && part.size(3) == width) {
        whole = scope.take(part);
        return;
      }
      if (whole == null) {
        whole = scope.take(Tensor.zeros(Precision.FLOAT32, Device.CPU, 1, channels, height, width));
      }
      whole.slice(2, y, part.size(2)).slice(3, x, part.size(3)).assign(part);
    }

    Tensor whole() {
      return whole;
    }
  }
}
