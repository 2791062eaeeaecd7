package io.esrgan.tensor;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;

/**
 * The passage between pictures and tensors, the one place where whole numbers become floating ones
 * and back.
 *
 * <p>Tensors are (1, c, h, w) float32 with values from 0 to 1; alpha does not travel.
 */
public final class Pixels {
  private Pixels() {}

  /** The colours of a region of a picture: (1, 1 or 3, height, width), in [0, 1]. */
  public static Tensor toTensor(Picture picture, int x, int y, int width, int height) {
    int channels = picture.channels().colours();
    int stride = picture.channels().count();
    float[] values = new float[channels * height * width];
    float scale = 1f / picture.maximum();
    int to = 0;
    for (int c = 0; c < channels; c++) {
      for (int row = y; row < y + height; row++) {
        int from = (row * picture.width() + x) * stride + c;
        for (int i = 0; i < width; i++, from += stride) {
          values[to++] = picture.sample(from) * scale;
        }
      }
    }
    return Tensor.of(values, 1, channels, height, width);
  }

  /** The whole picture's colours: (1, 1 or 3, h, w), in [0, 1]. */
  public static Tensor toTensor(Picture picture) {
    return toTensor(picture, 0, 0, picture.width(), picture.height());
  }

  /**
   * A picture from a tensor (1, 1 or 3, h, w): held to [0, 1], scaled and rounded to the nearest
   * whole number.
   *
   * @param bits 8 or 16 bits a sample
   */
  public static Picture toPicture(Tensor tensor, int bits, Metadata metadata) {
    int channels = Math.toIntExact(tensor.size(1));
    int height = Math.toIntExact(tensor.size(2));
    int width = Math.toIntExact(tensor.size(3));
    float[] values = tensor.toFloats();
    Picture.Channels kind = channels == 1 ? Picture.Channels.GRAY : Picture.Channels.RGB;
    int plane = width * height;
    if (bits == 8) {
      byte[] samples = new byte[values.length];
      for (int i = 0, to = 0; i < plane; i++) {
        for (int c = 0; c < channels; c++) {
          samples[to++] = (byte) round(values[c * plane + i], 255);
        }
      }
      return Picture.of8Bit(width, height, kind, samples, metadata);
    }
    short[] samples = new short[values.length];
    for (int i = 0, to = 0; i < plane; i++) {
      for (int c = 0; c < channels; c++) {
        samples[to++] = (short) round(values[c * plane + i], 65535);
      }
    }
    return Picture.of16Bit(width, height, kind, samples, metadata);
  }

  private static int round(float value, int maximum) {
    return Math.round(Math.min(1f, Math.max(0f, value)) * maximum);
  }
}
