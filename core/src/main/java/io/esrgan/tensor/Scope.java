package io.esrgan.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns every tensor that is made while it is the innermost open scope of its thread, and frees them
 * when it closes.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor sum = a.plus(b).times(0.5);
 *   return scope.keep(sum); // now the enclosing scope's
 * }
 * }</pre>
 *
 * <p>Scopes nest, belong to the thread that opened them and close in reverse order on that thread;
 * anything else is an {@link IllegalStateException}. Freeing never waits for the garbage collector.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();
  private static final AtomicLong LIVE = new AtomicLong();

  private final Thread thread = Thread.currentThread();
  private final Scope enclosing;
  private final boolean aside; // never the thread's current one
  private List<Tensor> owned = new ArrayList<>();
  private final List<Runnable> cleanings = new ArrayList<>();
  private int swept; // how many were left when closed tensors were last dropped from the list

  private Scope(Scope enclosing, boolean aside) {
    this.enclosing = enclosing;
    this.aside = aside;
  }

  /** Opens a scope inside the thread's current one, if any. */
  public static Scope open() {
    Scope scope = new Scope(CURRENT.get(), false);
    CURRENT.set(scope);
    return scope;
  }

  /**
   * Opens a scope beside all others of this thread: what outlives one call and is freed by a later
   * one. It owns only what is handed to it, and closes at any time.
   */
  public static Scope aside() {
    return new Scope(null, true);
  }

  /** How many tensors are alive in this process, over all threads. */
  public static long liveTensors() {
    return LIVE.get();
  }

  /**
   * Hands a tensor of this scope to the enclosing one, so that it outlives this scope.
   *
   * @return the same tensor
   * @throws IllegalStateException if there is no enclosing scope, or the tensor belongs to another
   *     scope
   */
  public Tensor keep(Tensor tensor) {
    requireOpenHere("keep");
    if (tensor.owner() != this) {
      throw new IllegalStateException("keep: the tensor belongs to another scope, or is closed");
    }
    if (enclosing == null) {
      throw new IllegalStateException(
          "keep: this is the outermost scope, there is none to hand the tensor to");
    }
    tensor.moveTo(enclosing);
    enclosing.own(tensor);
    return tensor;
  }

  /**
   * Takes a tensor over from whichever scope of this thread owns it.
   *
   * @return the same tensor
   */
  public Tensor take(Tensor tensor) {
    requireOpenHere("take");
    if (tensor.owner() == null || tensor.owner().thread != thread) {
      throw new IllegalStateException("take: the tensor is closed, or belongs to another thread");
    }
    tensor.moveTo(this);
    own(tensor);
    return tensor;
  }

  /** Does something when this thread's current scope closes, behind its tensors. */
  public static void whenClosed(Runnable cleaning) {
    current("whenClosed").cleanings.add(cleaning);
  }

  /** Frees this scope's tensors. Closing twice does nothing. */
  @Override
  public void close() {
    if (owned == null) {
      return;
    }
    requireOpenHere("close");
    if (!aside && CURRENT.get() != this) {
      throw new IllegalStateException(
          "close: a scope inside this one is still open; close that first");
    }
    for (Tensor tensor : owned) {
      if (tensor.owner() == this) {
        tensor.close();
      }
    }
    owned = null;
    cleanings.forEach(Runnable::run);
    if (aside) {
      return;
    }
    if (enclosing == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(enclosing);
    }
  }

  static Scope current(String operation) {
    Scope scope = CURRENT.get();
    if (scope == null) {
      throw new IllegalStateException(
          operation + ": no scope is open on this thread; open one with Scope.open()");
    }
    return scope;
  }

  void adopt(Tensor tensor) {
    LIVE.incrementAndGet();
    own(tensor);
  }

  private void own(Tensor tensor) {
    owned.add(tensor);
    if (owned.size() > 64 && owned.size() > 2 * swept) {
      owned.removeIf(t -> t.owner() != this);
      swept = owned.size();
    }
  }

  void released() {
    LIVE.decrementAndGet();
  }

  boolean isOpen() {
    return owned != null;
  }

  Thread thread() {
    return thread;
  }

  private void requireOpenHere(String operation) {
    if (owned == null) {
      throw new IllegalStateException(operation + ": the scope is closed");
    }
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "%s: the scope belongs to thread %s, not to %s"
              .formatted(operation, thread.getName(), Thread.currentThread().getName()));
    }
  }
}
