package io.esrgan.image;

import java.util.Objects;

/**
 * What a picture is before its samples are there.
 *
 * @param bits a sample: 8 or 16
 */
record Shape(int width, int height, Picture.Channels channels, int bits, Metadata metadata) {
  Shape {
    Objects.requireNonNull(channels, "channels");
    Objects.requireNonNull(metadata, "metadata");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture of " + width + "x" + height + " pixels has no area");
    }
    if (bits != 8 && bits != 16) {
      throw new IllegalArgumentException("a sample has 8 or 16 bits, not " + bits);
    }
  }

  static Shape of(Picture picture) {
    return new Shape(
        picture.width(), picture.height(), picture.channels(), picture.bits(), picture.metadata());
  }

  /** With 8 bits a sample. */
  Shape to8Bits() {
    return new Shape(width, height, channels, 8, metadata);
  }

  /** Bytes from a sample to the same one of the next pixel. */
  int pixelBytes() {
    return channels.count() * bits / 8;
  }

  /** The bytes of a row, which an array must hold. */
  int rowBytes() throws Defect {
    return Limits.row((long) width * pixelBytes());
  }

  /** The bytes of all samples. */
  long bytes() {
    return (long) width * height * pixelBytes();
  }
}
