package io.esrgan.tensor;

import java.util.function.Supplier;

/** The way into native code: every call leads through here. */
final class Native {
  private Native() {}

  /**
   * Does {@code body} while the process is kept from ending.
   *
   * @throws EngineException if the engine refuses
   */
  static <T> T call(String operation, Supplier<T> body) {
    Engine.load();
    Gate.enter(operation);
    try {
      return body.get();
    } catch (RuntimeException e) {
      throw translate(operation, e);
    } finally {
      Gate.leave();
    }
  }

  /** As {@link #call}, without a result. */
  static void run(String operation, Runnable body) {
    call(
        operation,
        () -> {
          body.run();
          return null;
        });
  }

  /** libtorch's messages carry pages of C++ stack; the first line is the reason. */
  private static RuntimeException translate(String operation, RuntimeException e) {
    if (e.getClass() != RuntimeException.class || e.getMessage() == null) {
      return e;
    }
    return new EngineException(
        operation + ": " + e.getMessage().lines().findFirst().orElse("refused"), e);
  }
}
