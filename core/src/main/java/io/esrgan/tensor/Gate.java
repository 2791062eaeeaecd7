package io.esrgan.tensor;

import io.esrgan.file.Ending;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets no thread be inside libtorch while the process ends.
 *
 * <p>On exit the system destroys libtorch's static objects, and a thread that still computes with
 * them crashes. So every native call holds a read lock. A shutdown hook closes the gate and waits
 * for the write lock: for the calls that are under way. Threads that come later wait for the end of
 * the process. Work that is to come to a good end first is an {@link Ending}.
 */
final class Gate {
  private static final ReentrantReadWriteLock LOCK = new ReentrantReadWriteLock();
  private static final long LONGEST_CALL_SECONDS = 20;
  private static volatile boolean closed;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Gate::shut, "esrgan-gate"));
  }

  private Gate() {}

  /**
   * Before a native call.
   *
   * @throws IllegalStateException if the process is ending, and has not ended for a while
   */
  @SuppressWarnings("LockNotBeforeTry") // callers leave in a finally block
  static void enter(String operation) {
    boolean inside = LOCK.getReadHoldCount() > 0;
    if (!closed || inside) {
      LOCK.readLock().lock();
      if (!closed || inside) {
        return;
      }
      LOCK.readLock().unlock();
    }
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(LONGEST_CALL_SECONDS));
    throw new IllegalStateException(operation + ": the program is ending");
  }

  static void leave() {
    LOCK.readLock().unlock();
  }

  static boolean isClosed() {
    return closed;
  }

  private static void shut() {
    Ending.await();
    closed = true;
    try {
      if (LOCK.writeLock().tryLock(LONGEST_CALL_SECONDS, TimeUnit.SECONDS)) {
        LOCK.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
