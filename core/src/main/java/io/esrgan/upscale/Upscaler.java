package io.esrgan.upscale;

import io.esrgan.exec.Executor;
import io.esrgan.image.Picture;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
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
 *   Images.write(upscaler.upscale(Images.read(Path.of("photo.jpg"))), Path.of("photo_x4.png"), false);
 * }
 * }</pre>
 *
 * <p>Gray pictures stay gray, 16 bits stay 16 bits, profile and resolution travel along. Where
 * there is alpha it is enlarged beside the colours, and colours are first carried on into what is
 * transparent, so that no halo shows.
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

  private Upscaler(GeneratorFile model, Executor.Settings settings, UpscaleOptions options) {
    this.model = model;
    this.settings = settings;
    this.options = options;
    try {
      compute(
          () -> {
            scope = Scope.open();
            RrdbNet network = new RrdbNet(model.config());
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
    requireRoom(low);
    return compute(() -> new Enlargement(executor, model.config(), options, progress).of(low));
  }

  /** The network's own result needs room too, where that is larger. */
  private void requireRoom(Picture low) {
    double scale = Math.max(scale(), model.config().scale());
    double samples = scale * low.width() * scale * low.height() * low.channels().count();
    if (samples > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s times larger, %s would have %,d samples, more than the %,d one picture can hold; cut it in parts"
              .formatted(UpscaleOptions.digits(scale), low, (long) samples, Integer.MAX_VALUE - 8));
    }
  }

  private <T> T compute(Callable<T> work) {
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
