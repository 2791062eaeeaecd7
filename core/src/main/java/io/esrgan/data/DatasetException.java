package io.esrgan.data;

import java.io.IOException;

/** A test set is not as it should be. The message is one line: what is wrong and what to do. */
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1;

  DatasetException(String message) {
    super(message);
  }
}
