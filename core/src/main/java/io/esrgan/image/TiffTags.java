package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The first directory of a TIFF structure, which is also what EXIF data are (TIFF 6.0, section 2),
 * or of a BigTIFF, whose numbers are longer. Nonsense in it is left out, never an error: nobody
 * loses a picture over a note about it.
 */
final class TiffTags {
  static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int RESOLUTION_X = 282;
  private static final int RESOLUTION_UNIT = 296;
  static final int EXTRA_SAMPLES = 338;
  private static final int PROFILE = 34675;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;
  private static final int LONG8 = 16;

  private static final int INCHES = 2;
  private static final int CENTIMETRES = 3;
  private static final int MOST_ENTRIES = 1 << 16;
  private static final int LARGEST_PROFILE = 1 << 24;

  /**
   * A value that is short enough stands at {@code at}, a longer one where the number there says.
   */
  private record Entry(int type, long count, long at) {}

  private final ImageInputStream in;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private boolean big;

  private TiffTags(ImageInputStream in) {
    this.in = in;
  }

  /** The directory of EXIF data. */
  static TiffTags of(byte[] exif) throws IOException {
    return of(new BytesImageInputStream(exif));
  }

  /** The directory of a file. Its byte order is the stream's from here on. */
  static TiffTags of(ImageInputStream in) throws IOException {
    TiffTags tags = new TiffTags(in);
    try {
      tags.readEntries();
    } catch (EOFException e) {
      // What stands before the end is kept.
    }
    return tags;
  }

  private void readEntries() throws IOException {
    in.seek(0);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    int order = in.readUnsignedShort();
    in.setByteOrder(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int version = in.readUnsignedShort();
    if (version != 42 && version != 43) {
      return;
    }
    big = version == 43;
    if (big) {
      in.readInt(); // the length of its offsets, 8, and nothing
    }
    in.seek(place());
    long count = big ? in.readLong() : in.readUnsignedShort();
    for (long i = 0; i < count; i++) {
      int tag = in.readUnsignedShort();
      Entry entry = new Entry(in.readUnsignedShort(), place(), in.getStreamPosition());
      place();
      if (entries.size() < MOST_ENTRIES) {
        entries.put(tag, entry);
      }
    }
  }

  /** A count or an offset; one that no file can have ends the reading as the file's end does. */
  private long place() throws IOException {
    long place = big ? in.readLong() : in.readUnsignedInt();
    if (place < 0) {
      throw new EOFException();
    }
    return place;
  }

  /** To where the values of an entry stand. */
  private void seek(Entry entry, int bytesEach) throws IOException {
    in.seek(entry.at());
    if (entry.count() > (big ? Long.BYTES : Integer.BYTES) / bytesEach) {
      in.seek(place());
    }
  }

  /** The byte order of the file's numbers, samples of 16 bits among them. */
  ByteOrder order() {
    return in.getByteOrder();
  }

  /**
   * The first values of a tag that holds whole numbers.
   *
   * @return as many as are there, up to {@code most}; {@code otherwise} if the tag is not there
   * @throws EOFException if the file ends before them
   */
  long[] numbers(int tag, int most, long... otherwise) throws IOException {
    Entry entry = entries.get(tag);
    int bytesEach = entry == null ? 0 : bytesEach(entry.type());
    if (bytesEach == 0) {
      return otherwise;
    }
    seek(entry, bytesEach);
    int count = (int) Math.min(entry.count(), most);
    if ((long) count * bytesEach > in.length() - in.getStreamPosition()) {
      throw new EOFException();
    }
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (entry.type()) {
            case BYTE -> in.readUnsignedByte();
            case SHORT -> in.readUnsignedShort();
            case LONG -> in.readUnsignedInt();
            default -> in.readLong();
          };
    }
    return values;
  }

  /** Of a type of whole numbers, otherwise 0. */
  private static int bytesEach(int type) {
    return switch (type) {
      case BYTE -> 1;
      case SHORT -> 2;
      case LONG -> 4;
      case LONG8 -> 8;
      default -> 0;
    };
  }

  Notes notes() throws IOException {
    return new Notes(profile(), dotsPerInch(), orientation());
  }

  Orientation orientation() throws IOException {
    return Orientation.of((int) number(ORIENTATION, 1));
  }

  /** Whether samples are gray values rather than colours or places in a palette. */
  boolean isGray() throws IOException {
    long photometric = number(PHOTOMETRIC, -1);
    return photometric == 0 || photometric == 1;
  }

  /** Whether colours are stored multiplied by alpha ("associated"). */
  boolean isPremultiplied() throws IOException {
    return number(EXTRA_SAMPLES, 0) == 1;
  }

  /** The resolution, or 0. */
  double dotsPerInch() throws IOException {
    Entry entry = entries.get(RESOLUTION_X);
    if (entry == null || entry.type() != RATIONAL || entry.count() != 1) {
      return 0;
    }
    double value;
    try {
      seek(entry, 2 * Integer.BYTES);
      value = (double) in.readUnsignedInt() / in.readUnsignedInt();
    } catch (EOFException e) {
      return 0;
    }
    long unit = number(RESOLUTION_UNIT, INCHES);
    if (unit == CENTIMETRES) {
      return Resolution.perInch(value * Resolution.CENTIMETRES_PER_INCH);
    }
    return unit == INCHES ? Resolution.perInch(value) : 0;
  }

  /** The ICC profile, or null. */
  byte[] profile() throws IOException {
    Entry entry = entries.get(PROFILE);
    if (entry == null || entry.type() != UNDEFINED || entry.count() > LARGEST_PROFILE) {
      return null;
    }
    try {
      byte[] profile = new byte[(int) entry.count()];
      seek(entry, 1);
      in.readFully(profile);
      return profile;
    } catch (EOFException e) {
      return null;
    }
  }

  /** A tag's only value; {@code otherwise} if there is none, or several. */
  long number(int tag, long otherwise) throws IOException {
    try {
      long[] values = numbers(tag, 2);
      return values.length == 1 ? values[0] : otherwise;
    } catch (EOFException e) {
      return otherwise;
    }
  }
}
