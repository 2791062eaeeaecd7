package io.esrgan.metric;

import io.esrgan.image.Picture;
import io.esrgan.image.Plane;
import java.util.ArrayList;
import java.util.List;

/** The numbers, 0 to 255, that a protocol takes from a picture. */
final class Measured {
  private Measured() {}

  /**
   * Refuses what cannot be compared.
   *
   * @param least pixels a side that must be left inside the border
   */
  static void check(Picture reference, Picture candidate, Protocol protocol, int least) {
    if (reference.width() != candidate.width() || reference.height() != candidate.height()) {
      throw new IllegalArgumentException(
          "only pictures of one size are compared; the reference has %dx%d pixels, the candidate"
                  .formatted(reference.width(), reference.height())
              + " %dx%d".formatted(candidate.width(), candidate.height()));
    }
    if (reference.channels() != candidate.channels() || reference.channels().hasAlpha()) {
      throw new IllegalArgumentException(
          "only two gray or two RGB pictures are compared; the reference is %s, the candidate %s"
              .formatted(reference.channels(), candidate.channels()));
    }
    int needed = least + 2 * protocol.border();
    if (reference.width() < needed || reference.height() < needed) {
      throw new IllegalArgumentException(
          "a border of %d pixels needs pictures of at least %dx%d; these have %dx%d"
              .formatted(protocol.border(), needed, needed, reference.width(), reference.height()));
    }
  }

  /** The picture inside the border, rounded to 8 bits. */
  static Picture inner(Picture picture, Protocol protocol) {
    int border = protocol.border();
    return picture
        .crop(border, border, picture.width() - 2 * border, picture.height() - 2 * border)
        .to8Bits();
  }

  /** One plane for luma or gray, three for RGB; without the border. */
  static List<Plane> planes(Picture picture, Protocol protocol) {
    Picture inner = inner(picture, protocol);
    if (protocol.channel() == Channel.Y && inner.channels() == Picture.Channels.RGB) {
      return List.of(luma(inner));
    }
    List<Plane> planes = new ArrayList<>();
    for (int channel = 0; channel < inner.channels().count(); channel++) {
      planes.add(channel(inner, channel));
    }
    return planes;
  }

  private static Plane luma(Picture picture) {
    double[] luma = new double[picture.width() * picture.height()];
    for (int i = 0; i < luma.length; i++) {
      int red = picture.sample(3 * i);
      int green = picture.sample(3 * i + 1);
      int blue = picture.sample(3 * i + 2);
      luma[i] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
    }
    return new Plane(picture.width(), picture.height(), luma);
  }

  private static Plane channel(Picture picture, int channel) {
    int channels = picture.channels().count();
    double[] values = new double[picture.width() * picture.height()];
    for (int i = 0; i < values.length; i++) {
      values[i] = picture.sample(i * channels + channel);
    }
    return new Plane(picture.width(), picture.height(), values);
  }
}
