package io.esrgan.tensor;

import java.util.List;

/**
 * libtorch refused an operation; the message names the operation and gives libtorch's reason in one
 * line.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What c10's two allocators and the C++ library say. */
  private static final List<String> OUT_OF_MEMORY =
      List.of("can't allocate memory", "not enough memory", "out of memory", "bad_alloc");

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether it was refused for want of memory, on the CPU or on the device. */
  public boolean isOutOfMemory() {
    String reason = getMessage();
    return OUT_OF_MEMORY.stream().anyMatch(reason::contains);
  }
}
