package io.esrgan.degrade;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;

/**
 * A picture while it is degraded: floating-point planes, which may leave [0, 1] between two steps.
 *
 * @param channels 3 for RGB, 1 for gray
 * @param values (channels, height, width), nominally in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Planes(int channels, int height, int width, float[] values) {

  public Planes {
    if (values.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          "%d values are not (%d, %d, %d)".formatted(values.length, channels, height, width));
    }
  }

  /** Planes of zeros. */
  static Planes zeros(int channels, int height, int width) {
    return new Planes(channels, height, width, new float[channels * height * width]);
  }

  /** The samples of an 8-bit picture without alpha, over 255. */
  public static Planes of(Picture picture) {
    int channels = picture.channels().count();
    Planes planes = zeros(channels, picture.height(), picture.width());
    int pixels = planes.pixels();
    byte[] samples = picture.bytes();
    for (int i = 0; i < samples.length; i++) {
      planes.values[i % channels * pixels + i / channels] = (samples[i] & 0xff) / 255f;
    }
    return planes;
  }

  /** Rounded to 8 bits, what is outside [0, 1] clamped. */
  public Picture toPicture() {
    byte[] samples = new byte[values.length];
    int pixels = pixels();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) level(values[i % channels * pixels + i / channels]);
    }
    return Picture.of8Bit(
        width, height, channels == 1 ? Channels.GRAY : Channels.RGB, samples, Metadata.NONE);
  }

  /** A copy of the square whose upper left corner is (x, y). */
  public Planes square(int x, int y, int side) {
    Planes part = zeros(channels, side, side);
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < side; row++) {
        System.arraycopy(
            values, (c * height + y + row) * width + x, part.values, (c * side + row) * side, side);
      }
    }
    return part;
  }

  /** Values rounded to 8 bits and clamped to [0, 1]. */
  Planes rounded() {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = level(values[i]) / 255f;
    }
    return new Planes(channels, height, width, rounded);
  }

  int pixels() {
    return height * width;
  }

  /** The nearest of 256 levels. */
  static int level(float value) {
    return Math.round(255 * unit(value));
  }

  /** A value clamped to [0, 1]. */
  static float unit(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
