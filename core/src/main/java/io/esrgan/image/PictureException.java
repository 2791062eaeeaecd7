package io.esrgan.image;

import java.io.IOException;

/**
 * A picture could not be read or written. The message is one line: the file, what is wrong with it,
 * and what to do.
 */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  PictureException(String message, Throwable cause) {
    super(message, cause);
  }
}
