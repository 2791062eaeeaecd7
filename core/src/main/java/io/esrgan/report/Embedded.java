package io.esrgan.report;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.util.Base64;

/**
 * A picture within a page.
 *
 * @param uri a PNG file as {@code data:}
 */
record Embedded(int width, int height, String uri) {

  /** With 8 bits a sample, and without a profile, which may be larger than the picture. */
  static Embedded of(Picture picture) {
    byte[] png = Images.png(picture.to8Bits().withMetadata(Metadata.NONE));
    return new Embedded(
        picture.width(),
        picture.height(),
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
  }

  /** The middle of a picture, of at most {@code side} pixels a side. */
  static Picture middle(Picture picture, int side) {
    int width = Math.min(side, picture.width());
    int height = Math.min(side, picture.height());
    return picture.crop(
        (picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
  }
}
