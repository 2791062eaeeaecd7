package io.esrgan.image;

import io.esrgan.image.Picture.Channels;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Where and how a TIFF of one of the usual kinds stores its pixels (6.0, sections 3 to 15): gray or
 * RGB, with or without alpha, 8 or 16 bits, channels interleaved.
 *
 * @param premultiplied whether colours are stored multiplied by alpha
 * @param differences whether samples are stored as differences to those on the left
 * @param tileWidth the picture's for strips; the last tile of a row may reach beyond the picture
 * @param offsets of the strips or tiles, row by row, in the file
 * @param lengths of the strips or tiles as stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TiffLayout(
    int width,
    int height,
    Channels channels,
    int bits,
    boolean premultiplied,
    TiffPacking packing,
    boolean differences,
    ByteOrder order,
    int tileWidth,
    int tileHeight,
    long[] offsets,
    long[] lengths) {
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int PACKING = 259;
  private static final int BIT_ORDER = 266;
  private static final int STRIP_OFFSETS = 273;
  private static final int CHANNELS = 277;
  private static final int STRIP_ROWS = 278;
  private static final int STRIP_LENGTHS = 279;
  private static final int PLANES = 284;
  private static final int PREDICTOR = 317;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_LENGTHS = 325;
  private static final int SAMPLE_FORMAT = 339;

  private static final int MOST_CHANNELS = 4;
  private static final int MOST_ACROSS = 2048; // tiles that are open at once, of some 50 KB each

  /** What a file's directory says; empty if it is of another kind, or lacks something. */
  static Optional<TiffLayout> of(TiffTags tags, ImageInputStream in) throws IOException {
    try {
      return read(tags, in);
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private static Optional<TiffLayout> read(TiffTags tags, ImageInputStream in) throws IOException {
    Channels channels = channels(tags);
    Optional<TiffPacking> packing = TiffPacking.of(tags.number(PACKING, 1));
    long predictor = tags.number(PREDICTOR, 1);
    int width = size(tags.number(WIDTH, 0));
    int height = size(tags.number(HEIGHT, 0));
    boolean tiled = tags.number(TILE_WIDTH, 0) > 0;
    int tileWidth = tiled ? size(tags.number(TILE_WIDTH, 0)) : width;
    int tileHeight =
        tiled
            ? size(tags.number(TILE_HEIGHT, 0))
            : (int) Math.min(height, tags.number(STRIP_ROWS, height));
    boolean usual =
        channels != null
            && packing.isPresent()
            && (predictor == 1 || predictor == 2)
            && tags.number(BIT_ORDER, 1) == 1
            && tags.number(PLANES, 1) == 1
            && across(width, Math.max(1, tileWidth)) <= MOST_ACROSS
            && Math.min(Math.min(width, height), Math.min(tileWidth, tileHeight)) > 0;
    if (!usual) {
      return Optional.empty();
    }
    long count = (long) across(width, tileWidth) * across(height, tileHeight);
    int most = (int) Math.min(count, Integer.MAX_VALUE);
    long[] offsets = tags.numbers(tiled ? TILE_OFFSETS : STRIP_OFFSETS, most);
    long[] lengths = tags.numbers(tiled ? TILE_LENGTHS : STRIP_LENGTHS, most);
    boolean there =
        offsets.length == count
            && lengths.length == count
            && Arrays.stream(offsets).allMatch(offset -> offset > 0)
            && Arrays.stream(lengths).allMatch(length -> length > 0);
    if (!there || (packing.get() == TiffPacking.LZW && isOldLzw(in, offsets[0]))) {
      return Optional.empty();
    }
    return Optional.of(
        new TiffLayout(
            width,
            height,
            channels,
            (int) tags.numbers(BITS, 1)[0],
            channels.hasAlpha() && tags.isPremultiplied(),
            packing.get(),
            predictor == 2,
            tags.order(),
            tileWidth,
            tileHeight,
            offsets,
            lengths));
  }

  /** The channels of samples that are whole numbers of 8 or 16 bits, otherwise null. */
  private static Channels channels(TiffTags tags) throws IOException {
    long photometric = tags.number(TiffTags.PHOTOMETRIC, -1);
    long[] extra = tags.numbers(TiffTags.EXTRA_SAMPLES, MOST_CHANNELS);
    long stored = tags.number(CHANNELS, 1);
    long[] bits = tags.numbers(BITS, MOST_CHANNELS + 1);
    long[] formats = tags.numbers(SAMPLE_FORMAT, MOST_CHANNELS + 1);
    boolean plain =
        bits.length == stored
            && (bits[0] == 8 || bits[0] == 16)
            && Arrays.stream(bits).allMatch(b -> b == bits[0])
            && Arrays.stream(formats).allMatch(format -> format == 1)
            && (extra.length == 0 || (extra.length == 1 && (extra[0] == 1 || extra[0] == 2)));
    if (!plain || (photometric != 1 && photometric != 2)) {
      return null;
    }
    for (Channels channels : Channels.values()) {
      if (channels.count() == stored
          && channels.hasAlpha() == (extra.length == 1)
          && channels.colours() == (photometric == 1 ? 1 : 3)) {
        return channels;
      }
    }
    return null;
  }

  private static int size(long value) {
    return value > Integer.MAX_VALUE ? 0 : (int) value;
  }

  private static int across(int length, int tile) {
    return (int) (((long) length + tile - 1) / tile);
  }

  /** Packed before TIFF 6.0, the lowest bit first: the clear code at its start tells. */
  private static boolean isOldLzw(ImageInputStream in, long at) throws IOException {
    in.seek(at);
    return in.read() == 0 && (in.read() & 1) == 1;
  }

  /** Strips or tiles that a row passes through. */
  int tilesAcross() {
    return across(width, tileWidth);
  }

  /** Refuses a small file that claims a huge picture. */
  void checkClaim() throws Defect {
    double stored = Arrays.stream(lengths).asDoubleStream().sum();
    if ((double) width * height * channels.count() * bits / 8 > packing.most() * stored) {
      throw Defect.damaged("it claims more pixels than it can hold");
    }
  }
}
