package io.esrgan.data;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A training picture, decoded, and the low-resolution picture that was made from the whole of it.
 *
 * <p>The low resolution is MATLAB's bicubic of the whole picture, cropped at right and bottom to a
 * multiple of the scale, rounded to 8 bits once; a crop of it therefore knows what lies around it,
 * as a crop of a prepared file would, where resizing the crop itself would have a border.
 *
 * @param width of the high-resolution picture in pixels, a multiple of the scale
 * @param height of the high-resolution picture in pixels, a multiple of the scale
 * @param channels 1 or 3
 * @param high width x height x channels interleaved 8-bit samples
 * @param low the same for the shrunk picture
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pair(int width, int height, int channels, int scale, byte[] high, byte[] low) {

  /** Reads a picture and shrinks it; 16-bit samples are rounded to 8, alpha is left out. */
  static Pair read(Path path, int scale, int channels) throws IOException {
    Picture picture = Images.read(path);
    if (!fits(picture.width(), picture.height(), channels)) {
      throw new IOException(
          "%s has %dx%d pixels, too many to train on: cut it into pieces"
              .formatted(path, picture.width(), picture.height()));
    }
    return of(picture, scale, channels);
  }

  /** Whether one array can hold the samples. */
  static boolean fits(int width, int height, int channels) {
    return (long) width * height <= (Integer.MAX_VALUE - 8) / channels;
  }

  static Pair of(Picture picture, int scale, int channels) {
    int width = picture.width() / scale * scale;
    int height = picture.height() / scale * scale;
    byte[] high = samples(picture.crop(0, 0, width, height).to8Bits(), channels);
    Channels kind = channels == 1 ? Channels.GRAY : Channels.RGB;
    Picture whole = Picture.of8Bit(width, height, kind, high, Metadata.NONE);
    return new Pair(width, height, channels, scale, high, Bicubic.shrink(whole, scale).bytes());
  }

  int lowWidth() {
    return width / scale;
  }

  int lowHeight() {
    return height / scale;
  }

  /** What the pair takes in memory. */
  long bytes() {
    return (long) high.length + low.length;
  }

  /** The samples of an 8-bit picture with as many channels as the network wants. */
  private static byte[] samples(Picture picture, int channels) {
    int step = picture.channels().count();
    boolean gray = picture.channels().colours() == 1;
    byte[] from = picture.bytes();
    if (step == channels) {
      return from;
    }
    int pixels = picture.width() * picture.height();
    byte[] samples = new byte[pixels * channels];
    for (int i = 0; i < pixels; i++) {
      byte red = from[i * step];
      byte green = gray ? red : from[i * step + 1];
      byte blue = gray ? red : from[i * step + 2];
      if (channels == 1) {
        samples[i] = luma(red & 0xff, green & 0xff, blue & 0xff);
      } else {
        samples[i * 3] = red;
        samples[i * 3 + 1] = green;
        samples[i * 3 + 2] = blue;
      }
    }
    return samples;
  }

  /** ITU-R BT.601 luma over the full range, as gray pictures hold it: gray stays what it was. */
  private static byte luma(int red, int green, int blue) {
    return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }
}
