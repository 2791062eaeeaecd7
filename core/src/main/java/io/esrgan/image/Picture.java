package io.esrgan.image;

import java.util.Objects;

/**
 * A raster picture in memory: gray or RGB, with or without an alpha channel, 8 or 16 bits a sample.
 *
 * <p>Samples are unsigned and interleaved: row by row from the top, pixel by pixel from the left,
 * channel by channel in the order of {@link Channels}. RGB is whatever the {@linkplain
 * Metadata#iccProfile() profile} says, sRGB where there is none; alpha is straight, not
 * premultiplied. The orientation that a camera noted is already applied.
 *
 * <p>The sample array is shared with the caller, not copied: whoever hands one over stops writing
 * to it.
 */
public final class Picture {

  /** The channels of a pixel, in their order. */
  public enum Channels {
    GRAY(1, false),
    GRAY_ALPHA(2, true),
    RGB(3, false),
    RGB_ALPHA(4, true);

    private final int count;
    private final boolean alpha;

    Channels(int count, boolean alpha) {
      this.count = count;
      this.alpha = alpha;
    }

    /** How many samples a pixel has, alpha counted: 1 to 4. */
    public int count() {
      return count;
    }

    /** Whether the last channel is alpha. */
    public boolean hasAlpha() {
      return alpha;
    }

    /** How many samples of colour a pixel has: 1 or 3. */
    public int colours() {
      return alpha ? count - 1 : count;
    }
  }

  private final int width;
  private final int height;
  private final Channels channels;
  private final byte[] bytes; // 8 bits a sample, or null
  private final short[] shorts; // 16 bits a sample, or null
  private final Metadata metadata;

  private Picture(
      int width, int height, Channels channels, byte[] bytes, short[] shorts, Metadata metadata) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture of " + width + "x" + height + " pixels has no area");
    }
    long expected = (long) width * height * channels.count();
    long actual = bytes != null ? bytes.length : shorts.length;
    if (actual != expected) {
      throw new IllegalArgumentException(
          "%d samples given, but %dx%d %s needs %d"
              .formatted(actual, width, height, channels, expected));
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.bytes = bytes;
    this.shorts = shorts;
    this.metadata = Objects.requireNonNull(metadata, "metadata");
  }

  /**
   * A picture with 8 bits a sample over {@code samples}, whose length is width x height x channels.
   */
  public static Picture of8Bit(
      int width, int height, Channels channels, byte[] samples, Metadata metadata) {
    return new Picture(width, height, channels, samples, null, metadata);
  }

  /**
   * A picture with 16 bits a sample over {@code samples}, whose length is width x height x
   * channels.
   */
  public static Picture of16Bit(
      int width, int height, Channels channels, short[] samples, Metadata metadata) {
    return new Picture(width, height, channels, null, samples, metadata);
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  public Channels channels() {
    return channels;
  }

  public Metadata metadata() {
    return metadata;
  }

  /** Bits a sample: 8 or 16. */
  public int bits() {
    return bytes != null ? 8 : 16;
  }

  /** The largest value of a sample: 255 or 65535. */
  public int maximum() {
    return bytes != null ? 255 : 65535;
  }

  /** One sample, 0 to {@link #maximum()}. */
  public int sample(int x, int y, int channel) {
    Objects.checkIndex(x, width);
    Objects.checkIndex(y, height);
    Objects.checkIndex(channel, channels.count());
    return sample((y * width + x) * channels.count() + channel);
  }

  /** One sample by its place in the interleaved array, 0 to {@link #maximum()}. */
  public int sample(int index) {
    return bytes != null ? bytes[index] & 0xff : shorts[index] & 0xffff;
  }

  /**
   * One row as numbers from 0 to {@link #maximum()}.
   *
   * @param weighted whether colours are multiplied by alpha, from 0 to 1, where there is one
   * @param row gets width x channels numbers
   */
  public void row(int y, boolean weighted, double[] row) {
    Objects.checkIndex(y, height);
    int count = channels.count();
    int from = y * width * count;
    for (int i = 0; i < width * count; i++) {
      row[i] = sample(from + i);
    }
    if (weighted && channels.hasAlpha()) {
      for (int i = 0; i < width * count; i += count) {
        double opacity = row[i + count - 1] / maximum();
        for (int c = 0; c < count - 1; c++) {
          row[i + c] *= opacity;
        }
      }
    }
  }

  /**
   * The samples themselves, not a copy: only to be read.
   *
   * @throws IllegalStateException if this picture has 16 bits a sample
   */
  public byte[] bytes() {
    if (bytes == null) {
      throw new IllegalStateException("a picture of 16 bits a sample has no bytes: " + this);
    }
    return bytes;
  }

  /**
   * The samples themselves, unsigned, not a copy: only to be read.
   *
   * @throws IllegalStateException if this picture has 8 bits a sample
   */
  public short[] shorts() {
    if (shorts == null) {
      throw new IllegalStateException("a picture of 8 bits a sample has no shorts: " + this);
    }
    return shorts;
  }

  /** A copy of the given rectangle, which must lie within this picture. */
  public Picture crop(int x, int y, int cropWidth, int cropHeight) {
    Objects.checkFromIndexSize(x, cropWidth, width);
    Objects.checkFromIndexSize(y, cropHeight, height);
    int row = cropWidth * channels.count();
    Object from = bytes != null ? bytes : shorts;
    byte[] toBytes = bytes != null ? new byte[row * cropHeight] : null;
    short[] toShorts = bytes != null ? null : new short[row * cropHeight];
    Object to = bytes != null ? toBytes : toShorts;
    for (int i = 0; i < cropHeight; i++) {
      System.arraycopy(from, ((y + i) * width + x) * channels.count(), to, i * row, row);
    }
    return new Picture(cropWidth, cropHeight, channels, toBytes, toShorts, metadata);
  }

  /** This picture with 8 bits a sample, 16 bits rounded to the nearest; itself if it has 8. */
  public Picture to8Bits() {
    if (bytes != null) {
      return this;
    }
    byte[] rounded = new byte[shorts.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (byte) (((shorts[i] & 0xffff) + 128) / 257);
    }
    return new Picture(width, height, channels, rounded, null, metadata);
  }

  /** This picture with other metadata, over the same samples. */
  public Picture withMetadata(Metadata other) {
    return new Picture(width, height, channels, bytes, shorts, other);
  }

  @Override
  public String toString() {
    return "%dx%d %s, %d bits".formatted(width, height, channels, bits());
  }
}
