package io.esrgan.upscale;

import io.esrgan.weights.GeneratorFile;

/** The model that comes inside. */
final class EmbeddedModel {
  private EmbeddedModel() {}

  static GeneratorFile load() {
    throw new IllegalStateException("not yet");
  }
}
