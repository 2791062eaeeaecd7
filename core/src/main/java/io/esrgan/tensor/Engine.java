package io.esrgan.tensor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, loaded into this process.
 *
 * <p>Loading takes half a second or more, several where the libraries must first be unpacked (500
 * MB, once, into {@code ~/.javacpp/cache}), so nothing here happens before somebody asks for it, or
 * makes the first tensor.
 */
public final class Engine {
  private static final String VERSION = "libtorch 2.10.0";

  /** What loads the libraries; the first that comes does. */
  private static final AtomicReference<FutureTask<Void>> LOADING = new AtomicReference<>();

  private Engine() {}

  private static final class Loaded {
    static final int THREADS = start();

    private static int start() {
      FutureTask<Void> loading = new FutureTask<>(NativeLibraries::load, null);
      if (LOADING.compareAndSet(null, loading)) {
        loading.run();
      }
      await(LOADING.get());
      int threads = Runtime.getRuntime().availableProcessors();
      torch.set_num_threads(threads);
      return threads;
    }
  }

  /**
   * Begins to load libtorch on a thread of its own; what needs it waits. On Linux it loads by a
   * shorter way, after which JavaCPP loads nothing else: only for programs that use JavaCPP for
   * nothing else. If libtorch is loaded already, nothing happens.
   */
  public static void loadAhead() {
    FutureTask<Void> loading = new FutureTask<>(Engine::loadShortly, null);
    if (LOADING.compareAndSet(null, loading)) {
      Thread thread = new Thread(loading, "esrgan-load");
      thread.setDaemon(true);
      try {
        thread.start();
      } catch (OutOfMemoryError e) { // the system gives no thread
        loading.run();
      }
    }
  }

  private static void loadShortly() {
    if (!NativeLibraries.loadDirectly()) {
      NativeLibraries.load();
    }
  }

  /** Even if interrupted, for a class that fails to initialise is lost for good. */
  private static void await(FutureTask<Void> loading) {
    boolean interrupted = false;
    while (true) {
      try {
        loading.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause(); // loading throws no other
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Loads libtorch if it is not loaded yet. */
  public static void load() {
    if (Loaded.THREADS < 1) {
      throw new IllegalStateException("libtorch found no processor");
    }
  }

  /** How many threads compute one operation. */
  public static int threads() {
    load();
    return torch.get_num_threads();
  }

  /**
   * Sets how many threads compute one operation, 1 or more. Results may differ in their last bits.
   */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          count + " threads cannot compute anything; give 1 or more");
    }
    load();
    torch.set_num_threads(count);
  }

  /** The engine's name and version. */
  public static String version() {
    return VERSION;
  }
}
