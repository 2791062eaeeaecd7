package io.esrgan.upscale;

import io.esrgan.exec.Executor;
import io.esrgan.exec.Forecast;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.RowReader;
import io.esrgan.image.RowWriter;
import io.esrgan.model.Generators;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.GeneratorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * Enlarges pictures with a network.
 *
 * <pre>{@code
 * try (Upscaler upscaler = Upscaler.embedded()) {
 *   upscaler.upscale(Path.of("photo.jpg"), Path.of("photo_x4.png"), false);
 * }
 * }</pre>
 *
 * <p>Gray pictures stay gray, 16 bits stay 16 bits, profile and resolution travel along. Where
 * there is alpha it is enlarged beside the colours, and colours are first carried on into what is
 * transparent, so that no halo shows.
 *
 * <p>From file to file a picture goes by rows, and may be far larger than memory; {@link Picture}s
 * are enlarged in memory. The results are the same.
 *
 * <p>{@link UpscaleOptions} ask for another scale than the network's, a self-ensemble, or
 * back-projection.
 *
 * <p>Safe for use by several threads: one thread of its own computes, one picture after the other.
 * Holds native memory until closed.
 */
public final class Upscaler implements AutoCloseable {
  private final GeneratorFile model;
  private final Executor.Settings settings;
  private final UpscaleOptions options;
  private final ExecutorService computer =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "esrgan-upscale");
            thread.setDaemon(true);
            return thread;
          });
  private Scope scope; // the computing thread's, as is the executor
  private Executor executor;
  private final WritingPace writing = new WritingPace();
  private boolean encodesBeside; // in a thread of its own

  private Upscaler(GeneratorFile model, Executor.Settings settings, UpscaleOptions options) {
    this.encodesBeside = settings.device() != Device.CPU;
    this.model = model;
    this.settings = settings;
    this.options = options;
    try {
      compute(
          () -> {
            scope = Scope.open();
            Network network = Generators.of(model.config());
            FlatParameters parameters = FlatParameters.frozen(network, settings.device());
            parameters.load(model.weights());
            executor = new Executor(network, parameters, settings);
            return null;
          });
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * With the model that comes inside, at {@link EmbeddedModel#DEFAULT_ALPHA}, and the fastest
   * settings. Loads the engine.
   */
  public static Upscaler embedded() {
    return embedded(EmbeddedModel.DEFAULT_ALPHA);
  }

  /**
   * With the model that comes inside and the fastest settings. Loads the engine.
   *
   * @param alpha from 0, which is nearest to the original in PSNR, to 1, which has most texture
   * @throws IllegalArgumentException if alpha is not 0 to 1
   */
  public static Upscaler embedded(double alpha) {
    return of(EmbeddedModel.load(alpha), Executor.Settings.automatic());
  }

  /** With a model of the user's, run once, at its own scale. Loads the engine. */
  public static Upscaler of(GeneratorFile model, Executor.Settings settings) {
    return of(model, settings, UpscaleOptions.PLAIN);
  }

  /**
   * With a model of the user's. Loads the engine.
   *
   * @throws IllegalArgumentException if the model is neither for RGB nor for gray pictures, or the
   *     options make no sense with it
   */
  public static Upscaler of(
      GeneratorFile model, Executor.Settings settings, UpscaleOptions options) {
    int in = model.config().inChannels();
    int out = model.config().outChannels();
    if (in != out || (in != 1 && in != 3)) {
      throw new IllegalArgumentException(
          "this model makes %d channels of %d; only RGB (3 of 3) and gray (1 of 1) models upscale pictures"
              .formatted(out, in));
    }
    options.requireFit(model.config().scale());
    return new Upscaler(model, settings, options);
  }

  /** How many times wider and higher the result is: as the options say, or the network's scale. */
  public double scale() {
    return options.scaleOf(model.config().scale());
  }

  /** The model that is used. */
  public GeneratorFile model() {
    return model;
  }

  /** What is done beside running the network. */
  public UpscaleOptions options() {
    return options;
  }

  /** Where, in what precision and with how much memory this computes. */
  public Executor.Settings settings() {
    return settings;
  }

  /** As {@link #upscale(Picture, Progress)}, in silence. */
  public Picture upscale(Picture low) {
    return upscale(low, (done, total) -> {});
  }

  /**
   * Enlarges a picture.
   *
   * @param progress told of work done, on the computing thread
   * @throws IllegalArgumentException if the result would be larger than a {@link Picture} can be
   */
  public Picture upscale(Picture low, Progress progress) {
    requireRoom(low.width(), low.height(), low.channels());
    return compute(() -> enlargement(progress).of(low));
  }

  /** As {@link #upscale(RowReader, Path, boolean, Progress)}, of a file, in silence. */
  public Upscaled upscale(Path input, Path output, boolean overwrite) throws IOException {
    try (RowReader low = Images.openRows(input)) {
      return upscale(low, output, overwrite, (done, total) -> {});
    }
  }

  /**
   * Enlarges a picture from file to file. It goes by rows, and memory grows with its width only;
   * but the self-ensemble holds picture and result, and a picture with fully transparent pixels is
   * held itself. Where the network goes over the picture several times, or in bands, up to the
   * result in float32 waits on disk beside the output, under no name.
   *
   * @param low not read from, but {@linkplain RowReader#again() opened again}
   * @param output appears whole, or not at all
   * @param overwrite whether a file that is there is replaced; otherwise it is an error
   * @param progress told of work done, on the computing thread
   * @throws IOException if the picture cannot be read, or the result not be written
   * @throws IllegalArgumentException if the result would be larger than can be computed
   */
  public Upscaled upscale(RowReader low, Path output, boolean overwrite, Progress progress)
      throws IOException {
    requireSides(low);
    int network = model.config().scale();
    try (RowWriter high =
        Images.createRows(
            output,
            options.side(low.width(), network),
            options.side(low.height(), network),
            low.channels(),
            low.bits(),
            low.metadata(),
            overwrite)) {
      Upscaled result = upscale(low, high, output.toAbsolutePath().getParent(), progress);
      high.commit();
      return result;
    }
  }

  Upscaled upscale(RowReader low, RowWriter high, Path scratchFolder, Progress progress)
      throws IOException {
    return computeOrFail(
        () ->
            new RowEnlargement(
                    executor,
                    model.config().inChannels(),
                    options,
                    scratchFolder,
                    enlargement(progress),
                    progress,
                    encodesBeside)
                .of(low, high));
  }

  /** As where a GPU computes. */
  Upscaler encodingBeside() {
    encodesBeside = true;
    return this;
  }

  /**
   * What {@link #upscale(RowReader, Path, boolean, Progress)} will take; of alpha it is assumed
   * that it is not flat. When first asked, this finds out how fast the machine is, which takes some
   * seconds.
   *
   * @param low not read from
   * @throws io.esrgan.exec.TooLittleMemoryException if it does not fit
   */
  public Forecast forecast(RowReader low) {
    return compute(
        () ->
            executor
                .forecast(low.width(), low.height())
                .times(passages(low.channels()))
                .plus(writing.of(bytesWritten(low))));
  }

  private double bytesWritten(RowReader low) {
    int network = model.config().scale();
    return (double) options.side(low.width(), network)
        * options.side(low.height(), network)
        * low.channels().count()
        * low.bits()
        / Byte.SIZE;
  }

  /**
   * Bytes of memory that a picture of this size will be computed in, at the worst moment: feature
   * maps, without weights and the result. Known at once.
   *
   * @throws io.esrgan.exec.TooLittleMemoryException if it does not fit
   */
  public long plannedBytes(int width, int height) {
    return compute(() -> executor.plan(width, height).bytes());
  }

  /**
   * How many multiplications that will be, those for rows without a pixel of the picture among
   * them; known at once.
   *
   * @param low not read from
   * @throws io.esrgan.exec.TooLittleMemoryException if it does not fit
   */
  public double multiplications(RowReader low) {
    return compute(
        () ->
            executor.plan(low.width(), low.height()).multiplications() * passages(low.channels()));
  }

  /** How often the network goes over a picture, at most. */
  private int passages(Channels kind) {
    int colours = model.config().inChannels() == 1 ? kind.colours() : 1;
    return (colours + (kind.hasAlpha() ? 1 : 0)) * (options.ensemble() ? 8 : 1);
  }

  /**
   * How far a result is from the exact one, if the settings' overlap makes it an approximation: the
   * largest difference found around edges between bands, in levels of 255. It is looked for in the
   * network's own result for the colours, some hundred columns and rows of it.
   *
   * @param low not read from, but opened again
   * @return 0 where the result is exact
   * @throws io.esrgan.exec.TooLittleMemoryException if the memory does not suffice to see so far
   */
  public double seamError(RowReader low) throws IOException {
    int channels = model.config().inChannels();
    return computeOrFail(
        () ->
            255
                * executor.seamError(
                    low.width(),
                    low.height(),
                    (x, y, width, height) -> crop(low, channels, x, y, width, height)));
  }

  private static Tensor crop(RowReader low, int channels, int x, int y, int width, int height)
      throws IOException {
    List<Tensor> rows = new ArrayList<>();
    try (RowReader reader = low.again()) {
      for (int row = 0; row < y + height; row++) {
        Picture line = reader.next(1);
        if (row >= y) {
          rows.add(Pixels.toTensor(line.crop(x, 0, width, 1)));
        }
      }
    }
    Tensor colours = Tensor.concatenate(2, rows);
    return colours.size(1) == channels
        ? colours
        : channels == 1 ? colours.slice(1, 0, 1) : Copies.of(colours, channels);
  }

  private Enlargement enlargement(Progress progress) {
    return new Enlargement(executor, model.config(), options, progress);
  }

  /** The network's own result has sides too, where that is larger. */
  private void requireSides(RowReader low) {
    double scale = Math.max(scale(), model.config().scale());
    if (options.ensemble()) {
      requireRoom(low.width(), low.height(), low.channels());
      requireHeap(low, scale);
    }
    if (scale * Math.max(low.width(), low.height()) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s times larger, %dx%d pixels would have a side of more than %,d; cut the picture in parts"
              .formatted(
                  UpscaleOptions.digits(scale), low.width(), low.height(), Integer.MAX_VALUE));
    }
  }

  private static void requireHeap(RowReader low, double scale) {
    double bytes =
        scale * low.width() * scale * low.height() * low.channels().count() * low.bits() / 8.0;
    long most = Runtime.getRuntime().maxMemory();
    if (bytes > most) {
      throw new IllegalArgumentException(
          "a self-ensemble holds the whole result, %,d MB, and Java may use %,d MB; give it more with -Xmx, or leave the ensemble out"
              .formatted((long) bytes / 1_000_000, most / 1_000_000));
    }
  }

  /** The network's own result needs room too, where that is larger. */
  private void requireRoom(int width, int height, Channels channels) {
    double scale = Math.max(scale(), model.config().scale());
    double samples = scale * width * scale * height * channels.count();
    if (samples > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s times larger, %dx%d %s would have %,d samples, more than the %,d one picture can hold; cut it in parts"
              .formatted(
                  UpscaleOptions.digits(scale),
                  width,
                  height,
                  channels,
                  (long) samples,
                  Integer.MAX_VALUE - 8));
    }
  }

  private <T> T compute(Callable<T> work) {
    try {
      return computeOrFail(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T computeOrFail(Callable<T> work) throws IOException {
    Future<T> future;
    try {
      future = computer.submit(work);
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("upscale: this upscaler is closed", e);
    }
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while upscaling", e);
    }
  }

  /**
   * Frees everything as soon as the picture that is being computed is done. Closing twice does
   * nothing.
   */
  @Override
  public synchronized void close() {
    if (computer.isShutdown()) {
      return;
    }
    Future<?> freed =
        computer.submit(
            () -> {
              if (scope != null) {
                scope.close();
              }
            });
    computer.shutdown();
    try {
      freed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is freed all the same, a little later
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
