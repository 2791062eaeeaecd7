package io.esrgan.upscale;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/**
 * Threads that work on one picture together, and hand its pieces on by {@linkplain Belt belts}. The
 * first failure of any of them ends all, and is what the others' work fails with.
 */
final class Crew {
  private final List<Thread> threads = new ArrayList<>();
  private Throwable failure; // the first

  /** What one of the threads does. */
  @FunctionalInterface
  interface Part {
    void run() throws IOException;
  }

  /** A failure of another thread has ended the work. */
  private static final class EndedException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Pieces on their way from one thread to another, so many at a time. */
  final class Belt<T> {
    private final int room;
    private final Queue<T> pieces = new ArrayDeque<>();

    private Belt(int room) {
      this.room = room;
    }

    /** Hands a piece on, once there is room. */
    void put(T piece) throws IOException {
      synchronized (Crew.this) {
        await(() -> pieces.size() < room);
        pieces.add(piece);
        Crew.this.notifyAll();
      }
    }

    /** The next piece, once it is there. */
    T take() throws IOException {
      synchronized (Crew.this) {
        await(() -> !pieces.isEmpty());
        T piece = pieces.remove();
        Crew.this.notifyAll();
        return piece;
      }
    }
  }

  <T> Belt<T> belt(int room) {
    return new Belt<>(room);
  }

  private synchronized void await(BooleanSupplier ready) throws IOException {
    try {
      while (failure == null && !ready.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while upscaling", e);
    }
    if (failure != null) {
      throw new EndedException();
    }
  }

  /** Has a part done by a thread of its own. */
  void start(String name, Part part) {
    Thread thread = new Thread(() -> attempt(part), name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /**
   * Does this thread's part, and waits until all have done theirs.
   *
   * @throws IOException the first failure of any, as are runtime exceptions and errors
   */
  void finish(Part own) throws IOException {
    attempt(own);
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable first = failure();
    if (first instanceof IOException e) {
      throw e;
    }
    if (first instanceof RuntimeException e) {
      throw e;
    }
    if (first instanceof Error e) {
      throw e;
    }
  }

  private synchronized Throwable failure() {
    return failure;
  }

  private void attempt(Part part) {
    try {
      part.run();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable e) {
    if (failure == null) {
      failure = e;
    }
    notifyAll();
  }
}
