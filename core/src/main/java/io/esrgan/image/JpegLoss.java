package io.esrgan.image;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What JPEG takes from a picture: it is written and read again, in memory. */
public final class JpegLoss {
  private JpegLoss() {}

  /**
   * The picture as a JPEG file of it would be read: baseline, libjpeg's tables, colour at half the
   * resolution in both directions (4:2:0), smoothly enlarged.
   *
   * @param picture 8-bit, gray or RGB
   * @param quality libjpeg's, above 0 and up to 100; need not be whole
   */
  public static Picture of(Picture picture, double quality) {
    try {
      byte[] file = JpegEncoder.plain(picture, (float) (quality / 100), false);
      try (BytesImageInputStream in = new BytesImageInputStream(file)) {
        return new JpegDecoder(in).decode();
      }
    } catch (IOException e) { // memory is read and written; only the picture could be at fault
      throw new UncheckedIOException("cannot compress a picture of " + picture, e);
    }
  }
}
