package io.esrgan.tensor;

import org.bytedeco.pytorch.AutoGradMode;

/**
 * Switches off the recording of gradients on this thread, until closed.
 *
 * <p>Belongs to its thread; switches nest and close in reverse order.
 */
public final class Gradients implements AutoCloseable {
  private static final ThreadLocal<Gradients> INNERMOST = new ThreadLocal<>();

  private final Thread thread = Thread.currentThread();
  private final Gradients enclosing = INNERMOST.get();
  private AutoGradMode guard;

  private Gradients() {
    Engine.load();
    guard = new AutoGradMode(false);
    INNERMOST.set(this);
  }

  /** Records no gradients until closed: for inference and for updating weights. */
  public static Gradients off() {
    return new Gradients();
  }

  @Override
  public void close() {
    if (guard == null) {
      return;
    }
    if (Thread.currentThread() != thread || INNERMOST.get() != this) {
      throw new IllegalStateException(
          "gradient switches close in reverse order, on the thread that opened them ("
              + thread.getName()
              + ")");
    }
    guard.close();
    guard = null;
    if (enclosing == null) {
      INNERMOST.remove();
    } else {
      INNERMOST.set(enclosing);
    }
  }
}
