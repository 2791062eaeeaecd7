package io.esrgan.asset;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Closes a stream that has brought nothing for a while, which ends the read that waits on it: the
 * HTTP client has no time-out for a body that stops coming.
 */
final class StallGuard implements AutoCloseable {
  private final Closeable stream;
  private final long patience; // nanoseconds
  private final Timer timer = new Timer("esrgan-stall-guard", true);
  private volatile long lastSign = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(Closeable stream, Duration patience) {
    this.stream = stream;
    this.patience = patience.toNanos();
    long pause = Math.max(1, patience.toMillis() / 8);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            look();
          }
        },
        pause,
        pause);
  }

  private void look() {
    if (!stalled && System.nanoTime() - lastSign > patience) {
      stalled = true;
      try {
        stream.close();
      } catch (IOException e) {
        // The read that waits on it fails all the same.
      }
    }
  }

  /** Something came. */
  void sign() {
    lastSign = System.nanoTime();
  }

  /** Whether the stream was closed by this. */
  boolean isStalled() {
    return stalled;
  }

  @Override
  public void close() {
    timer.cancel();
  }
}
