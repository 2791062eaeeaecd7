package io.esrgan.exec;

/** A network gave numbers that are not finite, in float32 too: its weights are damaged. */
public final class NotFiniteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotFiniteException() {
    super(
        "the model gives numbers that are not finite here, so its weights are damaged; fetch them"
            + " again");
  }
}
