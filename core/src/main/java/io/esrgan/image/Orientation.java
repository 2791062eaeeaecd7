package io.esrgan.image;

import java.util.function.IntUnaryOperator;

/**
 * The eight ways to lay a picture on itself, by the names that a camera has for them: how it held
 * the sensor, in the order of EXIF and TIFF tag 274.
 */
public enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  TURNED_180(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURNED_90(true, false, true),
  TRANSVERSED(true, true, true),
  TURNED_270(true, true, false);

  private final boolean swaps; // rows become columns
  private final boolean fromRight; // the stored x runs backwards
  private final boolean fromBottom; // the stored y runs backwards

  Orientation(boolean swaps, boolean fromRight, boolean fromBottom) {
    this.swaps = swaps;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** The orientation with tag value 1 to 8; upright for anything else. */
  static Orientation of(int tag) {
    return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
  }

  /** Whether rows become columns, after what runs backwards has been turned round. */
  public boolean swaps() {
    return swaps;
  }

  /** Whether the stored rows run from right to left. */
  public boolean fromRight() {
    return fromRight;
  }

  /** Whether the stored rows begin at the bottom. */
  public boolean fromBottom() {
    return fromBottom;
  }

  /** The picture as it was seen. */
  Picture apply(Picture stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = swaps ? stored.height() : stored.width();
    int height = swaps ? stored.width() : stored.height();
    int channels = stored.channels().count();
    IntUnaryOperator source =
        pixel -> {
          int x = swaps ? pixel / width : pixel % width;
          int y = swaps ? pixel % width : pixel / width;
          int storedX = fromRight ? stored.width() - 1 - x : x;
          int storedY = fromBottom ? stored.height() - 1 - y : y;
          return (storedY * stored.width() + storedX) * channels;
        };
    int pixels = width * height;
    if (stored.bits() == 8) {
      byte[] from = stored.bytes();
      byte[] to = new byte[from.length];
      for (int i = 0; i < pixels; i++) {
        System.arraycopy(from, source.applyAsInt(i), to, i * channels, channels);
      }
      return Picture.of8Bit(width, height, stored.channels(), to, stored.metadata());
    }
    short[] from = stored.shorts();
    short[] to = new short[from.length];
    for (int i = 0; i < pixels; i++) {
      System.arraycopy(from, source.applyAsInt(i), to, i * channels, channels);
    }
    return Picture.of16Bit(width, height, stored.channels(), to, stored.metadata());
  }
}
