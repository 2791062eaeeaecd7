package io.esrgan.upscale;

import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The model that comes inside: {@code docs/models.md} tells what it is and how it was trained. */
public final class EmbeddedModel {
  /** Its name, as reports print it. */
  public static final String NAME = "compact-psnr-x4";

  private static final String RESOURCE = "/io/esrgan/models/" + NAME + ".safetensors";

  private EmbeddedModel() {}

  /** Reads it from the class path. */
  public static GeneratorFile load() {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(
            RESOURCE + " is missing from the class path; build the project anew");
      }
      return Weights.readGenerator(in, NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
