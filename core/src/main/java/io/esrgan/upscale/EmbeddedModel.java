package io.esrgan.upscale;

import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Interpolation;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/**
 * The models that come inside, a PSNR-oriented one and a GAN fine-tuned from it, and all that lies
 * between them: {@code docs/models.md} tells what they are and how they were trained.
 *
 * <p>Alpha goes from 0, the PSNR-oriented model, to 1, the GAN. Both are stored in float16 and
 * interpolated in float32.
 */
public final class EmbeddedModel {
  /** The name of the PSNR-oriented model. */
  public static final String PSNR = "compact-psnr-x4";

  /** The name of the GAN. */
  public static final String GAN = "compact-gan-x4";

  /**
   * Where between the two pictures are upscaled unless somebody says otherwise: as far as skin, fur
   * and wood look sharper at their own size without a lattice, which the GAN draws into them.
   */
  public static final double DEFAULT_ALPHA = 0.4;

  private static final String BETWEEN = "compact-x4";

  /** Of the files; working them out takes as long as reading the models. */
  private static final Map<String, String> SHA_256 =
      Map.of(
          PSNR, "4cdcffb1a02f17028d43f841a0ca2c464b0b43b062af37395dcc41cd1a3b6999",
          GAN, "badbefefec3fc623ef3ce6957965b18bacf29a2fe6db2c6f79d47112f80fd87d");

  private EmbeddedModel() {}

  /** The model at {@link #DEFAULT_ALPHA}. */
  public static GeneratorFile load() {
    return load(DEFAULT_ALPHA);
  }

  /**
   * The model at {@code alpha}.
   *
   * @throws IllegalArgumentException if alpha is not 0 to 1
   */
  public static GeneratorFile load(double alpha) {
    return alpha == 0
        ? end(PSNR).generator()
        : alpha == 1 ? end(GAN).generator() : pair().at(alpha);
  }

  /** Both models, to be interpolated. */
  public static Interpolation pair() {
    try {
      return Interpolation.between(end(PSNR), end(GAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What reports call the model at {@code alpha}: its name, or {@code compact-x4 alpha 0.8}. */
  public static String name(double alpha) {
    return alpha == 0
        ? PSNR
        : alpha == 1 ? GAN : String.format(Locale.ROOT, "%s alpha %s", BETWEEN, alpha);
  }

  private static Interpolation.End end(String name) {
    String resource = resource(name);
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing from the class path; build the project anew");
      }
      return new Interpolation.End(name, SHA_256.get(name), Weights.readGenerator(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a model lies on the class path. */
  static String resource(String name) {
    return "/io/esrgan/models/" + name + ".safetensors";
  }
}
