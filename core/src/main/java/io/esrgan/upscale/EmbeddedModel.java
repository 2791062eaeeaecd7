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
   * Where between the two pictures are upscaled unless somebody says otherwise: fur, hair and skin
   * have texture there, and noise and what JPEG leaves behind stand out less than at 1.
   */
  public static final double DEFAULT_ALPHA = 0.8;

  private static final String BETWEEN = "compact-x4";

  /** Of the files; working them out takes as long as reading the models. */
  private static final Map<String, String> SHA_256 =
      Map.of(
          PSNR, "bf1e92b2923f8c050dc536ab081e852feae1138c158b0ae83de34e30a36fdc11",
          GAN, "69180ccc19d117a2b82665385b108e7449d7037d62d729cdff3d81a700b3bb87");

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
