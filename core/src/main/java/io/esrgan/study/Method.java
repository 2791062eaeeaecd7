package io.esrgan.study;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
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

  /** A method of a name and a function, without weights. */
  static Method of(String name, UnaryOperator<Picture> upscale) {
    return of(name, "", upscale);
  }

  /** A method of a name, what names its weights, and a function. */
  static Method of(String name, String weights, UnaryOperator<Picture> upscale) {
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
    };
  }

  /** Bicubic enlargement as MATLAB's imresize does it: what every other method is held against. */
  static Method bicubic(int scale) {
    return of("bicubic", low -> Bicubic.enlarge(low, scale));
  }
}
