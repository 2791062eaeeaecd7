package io.esrgan.tensor;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;

/**
 * The passage between pictures and tensors, the one place where whole numbers become floating ones
 * and back.
 *
 * <p>Tensors are (1, c, h, w) float32 with values from 0 to 1; alpha does not travel.
 */
public final class Pixels {
  private static final long BAND = 64; // rows

  private Pixels() {}

  /** A picture's colours: (1, 1 or 3, h, w), in [0, 1]. */
  public static Tensor toTensor(Picture picture) {
    return planes(picture, 0, picture.channels().colours());
  }

  private static Tensor planes(Picture picture, int first, int count) {
    int stride = picture.channels().count();
    int size = Math.multiplyExact(picture.width(), picture.height());
    float[] values = new float[Math.multiplyExact(size, count)];
    float scale = picture.maximum();
    for (int c = 0; c < count; c++) {
      int from = first + c;
      for (int i = c * size; i < (c + 1) * size; i++, from += stride) {
        values[i] = picture.sample(from) / scale;
      }
    }
    return Tensor.of(values, 1, count, picture.height(), picture.width());
  }

  /** A picture's alpha: (1, 1, h, w), in [0, 1]. */
  public static Tensor alphaToTensor(Picture picture) {
    return planes(picture, picture.channels().colours(), 1);
  }

  /**
   * A picture from tensors: held to [0, 1], scaled and rounded to the nearest whole number.
   *
   * @param colours (1, 1 or 3, h, w)
   * @param alpha (1, 1, h, w), or null for none
   * @param bits 8 or 16 bits a sample
   */
  public static Picture toPicture(Tensor colours, Tensor alpha, int bits, Metadata metadata) {
    int height = Math.toIntExact(colours.size(2));
    int width = Math.toIntExact(colours.size(3));
    Channels channels =
        colours.size(1) == 1
            ? (alpha == null ? Channels.GRAY : Channels.GRAY_ALPHA)
            : (alpha == null ? Channels.RGB : Channels.RGB_ALPHA);
    int plane = Math.multiplyExact(width, height);
    if (bits == 8) {
      byte[] bytes = new byte[Math.multiplyExact(plane, channels.count())];
      interleave(colours, alpha, channels, 255, (at, value) -> bytes[at] = (byte) value);
      return Picture.of8Bit(width, height, channels, bytes, metadata);
    }
    short[] shorts = new short[Math.multiplyExact(plane, channels.count())];
    interleave(colours, alpha, channels, 65535, (at, value) -> shorts[at] = (short) value);
    return Picture.of16Bit(width, height, channels, shorts, metadata);
  }

  private interface Sink {
    void put(int index, int value);
  }

  private static void interleave(
      Tensor colours, Tensor alpha, Channels channels, int maximum, Sink sink) {
    for (int c = 0; c < channels.colours(); c++) {
      spread(colours.slice(1, c, 1), c, channels.count(), maximum, sink);
    }
    if (alpha != null) {
      spread(alpha, channels.colours(), channels.count(), maximum, sink);
    }
  }

  /** Goes through the heap in bands: a picture as floating-point numbers is four times itself. */
  private static void spread(Tensor plane, int channel, int stride, int maximum, Sink sink) {
    long height = plane.size(2);
    int to = channel;
    for (long y = 0; y < height; y += BAND) {
      float[] values;
      try (Scope scope = Scope.open()) {
        values = plane.slice(2, y, Math.min(BAND, height - y)).toFloats();
      }
      for (float value : values) {
        sink.put(to, Math.round(Math.min(1f, Math.max(0f, value)) * maximum));
        to += stride;
      }
    }
  }
}
