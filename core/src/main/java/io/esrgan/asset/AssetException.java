package io.esrgan.asset;

import java.io.IOException;

/** An asset that cannot be had: one line says why, and what to put where. */
public final class AssetException extends IOException {
  AssetException(String message) {
    super(message);
  }

  AssetException(String message, Throwable cause) {
    super(message, cause);
  }
}
