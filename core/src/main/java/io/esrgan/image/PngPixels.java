package io.esrgan.image;

import io.esrgan.image.Picture.Channels;

/** Turns the rows of a PNG into samples: palette looked up, few bits stretched, tRNS made alpha. */
final class PngPixels {
  private final int width;
  private final int height;
  private final int bits; // as stored
  private final Channels channels;
  private final byte[] bytes; // one of the two is null
  private final short[] shorts;
  private final byte[][] colours; // what a stored value of at most 8 bits stands for, or null
  private final int[] transparent; // the colour that is transparent, or null

  PngPixels(
      int width,
      int height,
      int bits,
      int colour,
      Channels channels,
      byte[] palette,
      byte[] transparency)
      throws Defect {
    this.width = width;
    this.height = height;
    this.bits = bits;
    this.channels = channels;
    int samples = Limits.samples(width, height, channels.count(), Math.max(bits, Byte.SIZE));
    this.bytes = bits <= 8 ? new byte[samples] : null;
    this.shorts = bits <= 8 ? null : new short[samples];
    this.transparent =
        transparency != null && (colour == PngChunks.GRAY || colour == PngChunks.RGB)
            ? colourOf(transparency, bits)
            : null;
    if (colour == PngChunks.PALETTE) {
      this.colours = colours(palette, transparency);
    } else if (colour == PngChunks.GRAY && bits <= 8) {
      this.colours = grays(bits, transparent);
    } else {
      this.colours = null;
    }
  }

  private static int[] colourOf(byte[] transparency, int bits) {
    int[] colour = new int[transparency.length / 2];
    for (int i = 0; i < colour.length; i++) {
      int value = (transparency[2 * i] & 0xff) << 8 | (transparency[2 * i + 1] & 0xff);
      colour[i] = value & ((1 << bits) - 1);
    }
    return colour;
  }

  private static byte[][] colours(byte[] palette, byte[] transparency) {
    byte[][] colours = new byte[palette.length / 3][];
    for (int i = 0; i < colours.length; i++) {
      byte r = palette[3 * i];
      byte g = palette[3 * i + 1];
      byte b = palette[3 * i + 2];
      if (transparency == null) {
        colours[i] = new byte[] {r, g, b};
      } else {
        byte alpha = i < transparency.length ? transparency[i] : (byte) 255;
        colours[i] = new byte[] {r, g, b, alpha};
      }
    }
    return colours;
  }

  private static byte[][] grays(int bits, int[] transparent) {
    int most = (1 << bits) - 1;
    byte[][] grays = new byte[most + 1][];
    for (int i = 0; i <= most; i++) {
      byte gray = (byte) (i * 255 / most);
      if (transparent == null) {
        grays[i] = new byte[] {gray};
      } else {
        grays[i] = new byte[] {gray, (byte) (i == transparent[0] ? 0 : 255)};
      }
    }
    return grays;
  }

  /** Puts {@code count} pixels of a stored row at {@code x0, x0 + dx, ...} of row {@code y}. */
  void put(byte[] row, int y, int x0, int dx, int count) throws Defect {
    int to = (y * width + x0) * channels.count();
    int step = dx * channels.count();
    if (colours != null) {
      putColours(row, count, to, step);
    } else if (shorts != null) {
      putShorts(row, count, to, step);
    } else {
      putBytes(row, count, to, step);
    }
  }

  private void putColours(byte[] row, int count, int to, int step) throws Defect {
    int most = (1 << bits) - 1;
    int perByte = 8 / bits;
    for (int i = 0; i < count; i++) {
      int shift = 8 - bits * (i % perByte + 1);
      int value = row[i / perByte] >> shift & most;
      if (value >= colours.length) {
        throw Defect.damaged(
            "it uses colour %d of a palette of %d".formatted(value, colours.length));
      }
      byte[] pixel = colours[value];
      for (int c = 0; c < pixel.length; c++) {
        bytes[to + i * step + c] = pixel[c];
      }
    }
  }

  private void putBytes(byte[] row, int count, int to, int step) {
    if (transparent == null && step == channels.count()) {
      System.arraycopy(row, 0, bytes, to, count * step);
      return;
    }
    int stored = transparent == null ? channels.count() : channels.colours();
    for (int i = 0; i < count; i++) {
      int at = to + i * step;
      System.arraycopy(row, i * stored, bytes, at, stored);
      if (transparent != null) {
        boolean hidden = true;
        for (int c = 0; c < stored; c++) {
          hidden &= (row[i * stored + c] & 0xff) == transparent[c];
        }
        bytes[at + stored] = (byte) (hidden ? 0 : 255);
      }
    }
  }

  private void putShorts(byte[] row, int count, int to, int step) {
    int stored = transparent == null ? channels.count() : channels.colours();
    for (int i = 0; i < count; i++) {
      int at = to + i * step;
      boolean hidden = transparent != null;
      for (int c = 0; c < stored; c++) {
        int from = 2 * (i * stored + c);
        int value = (row[from] & 0xff) << 8 | (row[from + 1] & 0xff);
        shorts[at + c] = (short) value;
        hidden = hidden && value == transparent[c];
      }
      if (transparent != null) {
        shorts[at + stored] = (short) (hidden ? 0 : 65535);
      }
    }
  }

  Picture picture() {
    return bytes != null
        ? Picture.of8Bit(width, height, channels, bytes, Metadata.NONE)
        : Picture.of16Bit(width, height, channels, shorts, Metadata.NONE);
  }
}
