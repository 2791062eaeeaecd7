package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A training picture, decoded, and its low-resolution picture, which was given beside it or made
 * from the whole of it.
 *
 * <p>The high resolution is cropped at right and bottom to a multiple of the scale. A low
 * resolution that is made is MATLAB's bicubic of that, rounded to 8 bits once; a crop of it
 * therefore knows what lies around it, as a crop of a prepared file would, where resizing the crop
 * itself would have a border.
 *
 * @param width of the high-resolution picture in pixels, a multiple of the scale
 * @param height of the high-resolution picture in pixels, a multiple of the scale
 * @param channels 1 or 3
 * @param high width x height x channels interleaved 8-bit samples
 * @param low the same for the low-resolution picture
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pair(int width, int height, int channels, int scale, byte[] high, byte[] low) {

  /** Reads a pair; 16-bit samples are rounded to 8, alpha is left out. */
  static Pair read(Source source, int scale, int channels) throws IOException {
    Picture picture = read(source.path(), channels);
    if (source.low().isEmpty()) {
      return of(picture, scale, channels);
    }
    Path path = source.low().get();
    Picture high = whole(picture, scale, channels);
    Picture low = whole(read(path, channels), 1, channels);
    if (low.width() * scale != high.width() || low.height() * scale != high.height()) {
      throw new IOException(path + " no longer has the size that its partner wants");
    }
    return of(high, low, scale);
  }

  /** Reads a picture whose samples one array can hold. */
  static Picture read(Path path, int channels) throws IOException {
    Picture picture = Images.read(path);
    if (!fits(picture.width(), picture.height(), channels)) {
      throw new IOException(
          "%s has %dx%d pixels, too many to train on: cut it into pieces"
              .formatted(path, picture.width(), picture.height()));
    }
    return picture;
  }

  /** Whether one array can hold the samples. */
  static boolean fits(int width, int height, int channels) {
    return (long) width * height <= (Integer.MAX_VALUE - 8) / channels;
  }

  /** A picture and its own shrink. */
  static Pair of(Picture picture, int scale, int channels) {
    Picture high = whole(picture, scale, channels);
    return of(high, Bicubic.shrink(high, scale), scale);
  }

  private static Pair of(Picture high, Picture low, int scale) {
    return new Pair(
        high.width(), high.height(), high.channels().count(), scale, high.bytes(), low.bytes());
  }

  /** A picture in 8 bits and the channels wanted, cropped to a multiple of the scale. */
  static Picture whole(Picture picture, int scale, int channels) {
    int width = picture.width() / scale * scale;
    int height = picture.height() / scale * scale;
    Channels kind = channels == 1 ? Channels.GRAY : Channels.RGB;
    byte[] samples = samples(picture.crop(0, 0, width, height).to8Bits(), channels);
    return Picture.of8Bit(width, height, kind, samples, Metadata.NONE);
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
