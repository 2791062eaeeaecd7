package io.esrgan.study;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** Something that makes a larger picture of a smaller one, under the name it has in tables. */
public interface Method {
  String name();

  /** The picture enlarged by the scale of the evaluation, with the same channels. */
  Picture upscale(Picture low);

  /** SHA-256 of the file that its weights are from, or what else names them; empty for none. */
  default String weights() {
    return "";
  }

  /**
   * Bytes that it plans to compute a picture of this size in, at the worst moment, without its
   * weights and the result; nothing where it does not plan.
   */
  default OptionalLong planned(int width, int height) {
    return OptionalLong.empty();
  }

  /** The same method, of which each picture comes by {@code upscale}. */
  default Method by(UnaryOperator<Picture> upscale) {
    return of(name(), weights(), upscale, this::planned);
  }

  /** Tells how many bytes a picture takes. */
  @FunctionalInterface
  interface Plans {
    OptionalLong planned(int width, int height);
  }

  /** A method of a name and a function, without weights. */
  static Method of(String name, UnaryOperator<Picture> upscale) {
    return of(name, "", upscale);
  }

  /** A method of a name, what names its weights, and a function. */
  static Method of(String name, String weights, UnaryOperator<Picture> upscale) {
    return of(name, weights, upscale, (width, height) -> OptionalLong.empty());
  }

  /** A method that plans its memory. */
  static Method of(String name, String weights, UnaryOperator<Picture> upscale, Plans plans) {
    return new Method() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String weights() {
        return weights;
      }

      @Override
      public Picture upscale(Picture low) {
        return upscale.apply(low);
      }

      @Override
      public OptionalLong planned(int width, int height) {
        return plans.planned(width, height);
      }
    };
  }

  /** Bicubic enlargement as MATLAB's imresize does it: what every other method is held against. */
  static Method bicubic(int scale) {
    return of("bicubic", low -> Bicubic.enlarge(low, scale));
  }
}
