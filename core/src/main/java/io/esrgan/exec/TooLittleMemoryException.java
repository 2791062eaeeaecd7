package io.esrgan.exec;

/** A picture does not fit the memory there is, however it is cut. */
public final class TooLittleMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooLittleMemoryException(String message, Throwable cause) {
    super(message, cause);
  }

  TooLittleMemoryException(long budget, long needed) {
    this(
        "%,d MB are too little for this model, which needs %,d MB even for the narrowest piece of this picture; give it that much memory, or allow an overlap less than what the network sees"
            .formatted(budget >> 20, (needed >> 20) + 1),
        null);
  }
}
