package io.esrgan.text;

import java.io.IOException;

/** A text is not the YAML that is wanted. The message is one line, with the place and a remedy. */
public final class YamlException extends IOException {
  private static final long serialVersionUID = 1;

  YamlException(String message) {
    super(message);
  }

  YamlException(String message, Throwable cause) {
    super(message, cause);
  }
}
