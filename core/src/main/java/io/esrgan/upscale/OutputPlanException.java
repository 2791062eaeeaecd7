package io.esrgan.upscale;

/** Inputs and destination do not go together; the message says which, and what to do. */
public final class OutputPlanException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  OutputPlanException(String message) {
    super(message);
  }
}
