package io.esrgan.file;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Work that is brought to a good end when the process is told to end (Ctrl-C, SIGTERM).
 *
 * <p>Java runs all shutdown hooks at the same time, while the program's threads still run. Hooks
 * that take something away from them, files here and native code in {@code io.esrgan.tensor}, wait
 * for such work first: it is asked to stop, and has some minutes until it closes this.
 *
 * <pre>{@code
 * try (Ending ending = Ending.of(trainer::stop)) {
 *   trainer.run(false);
 * }
 * }</pre>
 *
 * <p>The process must not be ended from within such work, which would wait for itself.
 */
public final class Ending implements AutoCloseable {
  private static final long LONGEST_MINUTES = 10; // a step, a measurement and a checkpoint
  private static final Set<Ending> ALL = ConcurrentHashMap.newKeySet();

  private final Runnable stop;
  private final CountDownLatch done = new CountDownLatch(1);

  private Ending(Runnable stop) {
    this.stop = stop;
  }

  /**
   * Work begins.
   *
   * @param stop asks it to come to an end; called by other threads, and returns at once
   */
  public static Ending of(Runnable stop) {
    Ending work = new Ending(stop);
    ALL.add(work);
    return work;
  }

  /** For shutdown hooks: asks all work to stop, and waits for it. */
  public static void await() {
    ALL.forEach(work -> work.stop.run());
    for (Ending work : ALL) {
      try {
        if (!work.done.await(LONGEST_MINUTES, TimeUnit.MINUTES)) {
          return; // It hangs, and will not be the better for more time.
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The work is at its end. */
  @Override
  public void close() {
    ALL.remove(this);
    done.countDown();
  }
}
