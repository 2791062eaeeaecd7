package io.esrgan.image;

import io.esrgan.image.Picture.Channels;

/** Puts a picture together from rows of numbers. */
final class PictureRows {
  private final int width;
  private final int height;
  private final Channels channels;
  private final byte[] bytes; // one of the two is null
  private final short[] shorts;
  private int filled;

  PictureRows(int width, int height, Channels channels, int bits) throws Defect {
    this.width = width;
    this.height = height;
    this.channels = channels;
    int samples = Limits.samples(width, height, channels.count(), bits);
    this.bytes = bits == 8 ? new byte[samples] : null;
    this.shorts = bits == 8 ? null : new short[samples];
  }

  /** Adds the samples of a row below those that are there. */
  void add(int[] row) {
    if (bytes != null) {
      for (int i = 0; i < row.length; i++) {
        bytes[filled + i] = (byte) row[i];
      }
    } else {
      for (int i = 0; i < row.length; i++) {
        shorts[filled + i] = (short) row[i];
      }
    }
    filled += row.length;
  }

  /** All rows have been added. */
  Picture picture() {
    return bytes != null
        ? Picture.of8Bit(width, height, channels, bytes, Metadata.NONE)
        : Picture.of16Bit(width, height, channels, shorts, Metadata.NONE);
  }
}
