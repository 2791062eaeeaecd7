package io.esrgan.image;

import io.esrgan.file.UnfinishedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes TIFF (6.0, with Adobe's deflate and the horizontal predictor), big-endian, in strips, with
 * straight alpha, profile and resolution.
 *
 * <p>The directory stands behind the pixels. Only then is it known whether the file fits into the 4
 * GiB of a TIFF, or must be a BigTIFF, for whose longer header there is room.
 */
final class TiffEncoder implements RowEncoder {
  private static final long LARGEST_CLASSIC = 0xffffffffL;
  private static final int HEADER = 16; // of a BigTIFF; that of a TIFF has 8 bytes
  private static final int STRIP_BYTES = 1 << 16;
  private static final int RATIONAL_SCALE = 10_000;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;
  private static final int LONG8 = 16;

  /** A tag and its values, encoded. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Entry(int tag, int type, long count, byte[] values) {}

  private final Shape shape;
  private final UnfinishedFile file;
  private final long largestClassic;
  private final int rowBytes;
  private final int stripRows;
  private final List<byte[]> full = new ArrayList<>(); // strips
  private final int atOnce;
  private byte[] raw; // the rows of the strip that is being filled
  private final long[] offsets;
  private final long[] lengths;
  private int filled; // bytes of the strip
  private int strips; // that are written
  private long end = HEADER;

  TiffEncoder(Shape shape, UnfinishedFile file) throws IOException {
    this(shape, file, LARGEST_CLASSIC);
  }

  /**
   * @param largestClassic the most bytes of a file that is not a BigTIFF
   */
  TiffEncoder(Shape shape, UnfinishedFile file, long largestClassic) throws IOException {
    this.shape = shape;
    this.file = file;
    this.largestClassic = largestClassic;
    this.rowBytes = shape.rowBytes();
    this.stripRows = Math.min(shape.height(), Math.max(1, STRIP_BYTES / rowBytes));
    this.raw = new byte[stripRows * rowBytes];
    this.atOnce = Deflation.atOnce(raw.length);
    int count = (int) (((long) shape.height() + stripRows - 1) / stripRows);
    this.offsets = new long[count];
    this.lengths = new long[count];
    file.out().write(new byte[HEADER]);
  }

  @Override
  public void write(Picture rows) throws IOException {
    for (int y = 0; y < rows.height(); y++) {
      if (shape.bits() == 8) {
        putBytes(rows.bytes(), y);
      } else {
        putShorts(rows.shorts(), y);
      }
      if (filled == raw.length) {
        full.add(raw);
        raw = new byte[raw.length];
        filled = 0;
        if (full.size() == atOnce) {
          writeStrips();
        }
      }
    }
  }

  /** Each sample as its difference to the one on the left. */
  private void putBytes(byte[] samples, int y) {
    int channels = shape.channels().count();
    int from = y * rowBytes;
    System.arraycopy(samples, from, raw, filled, channels);
    for (int i = channels; i < rowBytes; i++) {
      raw[filled + i] = (byte) (samples[from + i] - samples[from + i - channels]);
    }
    filled += rowBytes;
  }

  private void putShorts(short[] samples, int y) {
    int channels = shape.channels().count();
    int stride = rowBytes / 2;
    int from = y * stride;
    for (int i = 0; i < stride; i++) {
      int difference = samples[from + i] - (i < channels ? 0 : samples[from + i - channels]);
      raw[filled++] = (byte) (difference >> 8);
      raw[filled++] = (byte) difference;
    }
  }

  /** Compressed by all processors at once. */
  private void writeStrips() throws IOException {
    for (byte[] packed : full.parallelStream().map(Deflation::whole).toList()) {
      file.out().write(packed);
      offsets[strips] = end;
      lengths[strips] = packed.length;
      end += packed.length;
      if (end % 2 == 1) {
        file.out().write(0);
        end++;
      }
      strips++;
    }
    full.clear();
  }

  @Override
  public void finish() throws IOException {
    if (filled > 0) {
      full.add(Arrays.copyOf(raw, filled));
    }
    writeStrips();
    byte[] directory = directory(false);
    boolean big = end + directory.length > largestClassic;
    file.out().write(big ? directory(true) : directory);
    ByteBuffer header = ByteBuffer.allocate(HEADER).put((byte) 'M').put((byte) 'M');
    if (big) {
      header.putShort((short) 43).putShort((short) Long.BYTES).putShort((short) 0).putLong(end);
    } else {
      header.putShort((short) 42).putInt((int) end);
    }
    file.writeAt(0, header.array());
  }

  private List<Entry> entries(boolean big) {
    int channels = shape.channels().count();
    int[] bits = new int[channels];
    Arrays.fill(bits, shape.bits());
    double dotsPerInch = shape.metadata().dotsPerInch();
    int scaled = (int) Math.round(dotsPerInch * RATIONAL_SCALE);
    byte[] profile = shape.metadata().iccProfile();
    List<Entry> entries = new ArrayList<>();
    entries.add(entry(256, LONG, shape.width()));
    entries.add(entry(257, LONG, shape.height()));
    entries.add(entry(258, SHORT, bits));
    entries.add(entry(259, SHORT, 8)); // deflate
    entries.add(entry(262, SHORT, shape.channels().colours() == 1 ? 1 : 2)); // black is 0, or RGB
    entries.add(places(273, offsets, big));
    entries.add(entry(277, SHORT, channels));
    entries.add(entry(278, LONG, stripRows));
    entries.add(places(279, lengths, big));
    if (dotsPerInch > 0) {
      entries.add(entry(282, RATIONAL, scaled, RATIONAL_SCALE));
      entries.add(entry(283, RATIONAL, scaled, RATIONAL_SCALE));
    }
    entries.add(entry(284, SHORT, 1)); // channels interleaved
    if (dotsPerInch > 0) {
      entries.add(entry(296, SHORT, 2)); // inches
    }
    entries.add(entry(317, SHORT, 2)); // differences to the pixel on the left
    if (shape.channels().hasAlpha()) {
      entries.add(entry(338, SHORT, 2)); // straight alpha
    }
    if (Profiles.describes(profile, shape.channels())) {
      entries.add(new Entry(34675, UNDEFINED, profile.length, profile));
    }
    return entries;
  }

  private static Entry entry(int tag, int type, int... values) {
    ByteBuffer encoded = ByteBuffer.allocate(values.length * (type == SHORT ? 2 : 4));
    for (int value : values) {
      if (type == SHORT) {
        encoded.putShort((short) value);
      } else {
        encoded.putInt(value);
      }
    }
    int count = type == RATIONAL ? values.length / 2 : values.length;
    return new Entry(tag, type, count, encoded.array());
  }

  private static Entry places(int tag, long[] values, boolean big) {
    ByteBuffer encoded = ByteBuffer.allocate(values.length * (big ? Long.BYTES : Integer.BYTES));
    for (long value : values) {
      if (big) {
        encoded.putLong(value);
      } else {
        encoded.putInt((int) value);
      }
    }
    return new Entry(tag, big ? LONG8 : LONG, values.length, encoded.array());
  }

  /** The directory, to stand at the end, and behind it the values that do not fit into it. */
  private byte[] directory(boolean big) {
    List<Entry> entries = entries(big);
    int place = big ? Long.BYTES : Integer.BYTES; // of a count, an offset, a short value
    int length = (big ? 8 : 2) + entries.size() * (4 + 2 * place) + place;
    int beside = 0;
    for (Entry entry : entries) {
      beside += entry.values().length > place ? padded(entry.values().length) : 0;
    }
    ByteBuffer directory = ByteBuffer.allocate(length + beside);
    if (big) {
      directory.putLong(entries.size());
    } else {
      directory.putShort((short) entries.size());
    }
    int free = length;
    for (Entry entry : entries) {
      directory.putShort((short) entry.tag()).putShort((short) entry.type());
      put(directory, entry.count(), big);
      byte[] values = entry.values();
      if (values.length <= place) {
        directory.put(values).put(new byte[place - values.length]);
      } else {
        put(directory, end + free, big);
        directory.put(free, values);
        free += padded(values.length);
      }
    }
    return directory.array();
  }

  private static void put(ByteBuffer to, long value, boolean big) {
    if (big) {
      to.putLong(value);
    } else {
      to.putInt((int) value);
    }
  }

  private static int padded(int length) {
    return length + (length & 1);
  }
}
