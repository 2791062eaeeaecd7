package io.esrgan.tensor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, loaded into this process.
 *
 * <p>Loading takes a second or two, several where the libraries must first be unpacked (350 MB,
 * once, into {@code ~/.javacpp/cache}), so nothing here happens before the first tensor is made.
 */
public final class Engine {
  private static final String VERSION = "libtorch 2.10.0";

  /** What gives whether the libraries are there already; the first that comes decides. */
  private static final AtomicReference<FutureTask<Boolean>> AHEAD = new AtomicReference<>();

  private Engine() {}

  private static final class Loaded {
    static final int THREADS = start();

    private static int start() {
      if (!isThereAlready()) {
        NativeLibraries.load();
      }
      int threads = Runtime.getRuntime().availableProcessors();
      torch.set_num_threads(threads);
      return threads;
    }
  }

  /**
   * Begins to load libtorch on a thread of its own, by a shorter way. For programs only that use
   * JavaCPP for nothing else, since no other library can be loaded by it afterwards. Where the
   * shorter way is barred, or libtorch is loaded, nothing happens. What needs libtorch waits for
   * it.
   */
  public static void loadAhead() {
    FutureTask<Boolean> loading = new FutureTask<>(Engine::loadDirectly);
    if (AHEAD.compareAndSet(null, loading)) {
      Thread thread = new Thread(loading, "esrgan-load");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static boolean loadDirectly() {
    Gate.enter("load");
    try {
      return NativeLibraries.loadDirectly();
    } finally {
      Gate.leave();
    }
  }

  private static boolean isThereAlready() {
    FutureTask<Boolean> nothing = new FutureTask<>(() -> false);
    nothing.run();
    AHEAD.compareAndSet(null, nothing);
    try {
      return AHEAD.get().get();
    } catch (ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while libtorch was loaded", e);
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
