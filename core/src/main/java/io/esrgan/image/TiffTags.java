package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import javax.imageio.stream.ImageInputStream;

/**
 * The first directory of a TIFF structure, which is also what EXIF data are (TIFF 6.0, section 2).
 * Nonsense in it is left out, never an error: nobody loses a picture over a note about it.
 */
final class TiffTags {
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int RESOLUTION_X = 282;
  private static final int RESOLUTION_UNIT = 296;
  private static final int EXTRA_SAMPLES = 338;
  private static final int PROFILE = 34675;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int RATIONAL = 5;
  private static final int UNDEFINED = 7;

  private static final int INCHES = 2;
  private static final int CENTIMETRES = 3;
  private static final int LARGEST_PROFILE = 1 << 24;

  /**
   * A value of at most four bytes stands at {@code at}, a longer one where the number there says.
   */
  private record Entry(int type, long count, long at) {}

  private final ImageInputStream in;
  private final Map<Integer, Entry> entries = new HashMap<>();

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
    if (in.readUnsignedShort() != 42) {
      return;
    }
    in.seek(in.readUnsignedInt());
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      int tag = in.readUnsignedShort();
      Entry entry = new Entry(in.readUnsignedShort(), in.readUnsignedInt(), in.getStreamPosition());
      in.readInt();
      entries.put(tag, entry);
    }
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
      in.seek(entry.at());
      in.seek(in.readUnsignedInt());
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
      in.seek(entry.at());
      in.seek(in.readUnsignedInt());
      in.readFully(profile);
      return profile;
    } catch (EOFException e) {
      return null;
    }
  }

  private long number(int tag, long otherwise) throws IOException {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count() != 1) {
      return otherwise;
    }
    in.seek(entry.at());
    return switch (entry.type()) {
      case SHORT -> in.readUnsignedShort();
      case LONG -> in.readUnsignedInt();
      default -> otherwise;
    };
  }
}
