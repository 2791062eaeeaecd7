package io.esrgan.tensor;

/**
 * libtorch refused an operation; the message names the operation and gives libtorch's reason in one
 * line.
 */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
