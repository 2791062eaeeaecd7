package io.esrgan.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/** What stands before the first scan of a JPEG (ITU T.81, JFIF 1.02, EXIF 2.3, ICC.1 annex B.4). */
final class JpegSegments {
  private static final int PROFILE_PARTS = 255;
  private static final int MOST_STRAY_BYTES = 4096;

  private final ImageInputStream in;
  private final byte[][] profileParts = new byte[PROFILE_PARTS + 1][];
  private int width;
  private int height;
  private byte[] components; // their numbers
  private boolean jfif;
  private int adobeTransform = -1; // -1 where there is no Adobe segment
  private double dotsPerInch;
  private double exifDotsPerInch;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegSegments(ImageInputStream in) {
    this.in = in;
  }

  static JpegSegments read(ImageInputStream in) throws IOException {
    JpegSegments segments = new JpegSegments(in);
    try {
      in.seek(2);
      segments.readAll();
    } catch (EOFException e) {
      throw Defect.truncated();
    }
    return segments;
  }

  private void readAll() throws IOException {
    while (true) {
      int marker = nextMarker();
      if (marker == 0xd9) {
        throw Defect.damaged("it ends without a picture");
      }
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
        continue; // markers without content
      }
      int length = in.readUnsignedShort() - 2;
      long next = in.getStreamPosition() + length;
      if (length < 0) {
        throw Defect.damaged("a segment has a negative length");
      }
      if (marker == 0xda) {
        if (components == null) {
          throw Defect.damaged("its pixels begin before their size is stated");
        }
        in.seek(next);
        in.readByte(); // the first of the pixels: the file goes on to here
        return;
      }
      if (isFrame(marker)) {
        frame(marker);
      } else if (marker == 0xe0 || marker == 0xe1 || marker == 0xe2 || marker == 0xee) {
        byte[] content = new byte[length];
        in.readFully(content);
        application(marker, content);
      }
      in.seek(next);
    }
  }

  private int nextMarker() throws IOException {
    int read = in.readUnsignedByte();
    for (int stray = 0; read != 0xff; stray++) {
      if (stray == MOST_STRAY_BYTES) {
        throw Defect.damaged("its segments do not follow each other");
      }
      read = in.readUnsignedByte();
    }
    while (read == 0xff) {
      read = in.readUnsignedByte();
    }
    return read;
  }

  /** SOF0 to SOF15, without the tables and the extensions that stand between their numbers. */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private void frame(int marker) throws IOException {
    if (marker > 0xc2) {
      throw Defect.unsupported(
          "a lossless, hierarchical or arithmetic JPEG (SOF" + (marker - 0xc0) + ")");
    }
    int precision = in.readUnsignedByte();
    if (precision != 8) {
      throw Defect.unsupported("a JPEG of " + precision + " bits");
    }
    height = in.readUnsignedShort();
    width = in.readUnsignedShort();
    components = new byte[in.readUnsignedByte()];
    for (int i = 0; i < components.length; i++) {
      components[i] = in.readByte();
      in.readUnsignedShort();
    }
    if (components.length != 1 && components.length != 3 && components.length != 4) {
      throw Defect.unsupported("a JPEG of " + components.length + " components");
    }
  }

  private void application(int marker, byte[] content) throws IOException {
    if (marker == 0xe0 && starts(content, "JFIF\0") && content.length >= 12) {
      jfif = true;
      double density = (content[8] & 0xff) << 8 | (content[9] & 0xff);
      dotsPerInch =
          switch (content[7]) {
            case 1 -> Resolution.perInch(density);
            case 2 -> Resolution.perInch(density * Resolution.CENTIMETRES_PER_INCH);
            default -> 0;
          };
    } else if (marker == 0xe1 && starts(content, "Exif\0")) {
      TiffTags exif = TiffTags.of(Arrays.copyOfRange(content, 6, content.length));
      orientation = exif.orientation();
      exifDotsPerInch = exif.dotsPerInch();
    } else if (marker == 0xe2 && starts(content, "ICC_PROFILE\0") && content.length > 14) {
      profileParts[content[12] & 0xff] = Arrays.copyOfRange(content, 14, content.length);
    } else if (marker == 0xee && starts(content, "Adobe") && content.length >= 12) {
      adobeTransform = content[11] & 0xff;
    }
  }

  private static boolean starts(byte[] content, String text) {
    byte[] start = text.getBytes(StandardCharsets.ISO_8859_1);
    return content.length >= start.length
        && Arrays.equals(content, 0, start.length, start, 0, start.length);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  int components() {
    return components.length;
  }

  /** Whether colours are stored as luma and chroma; decided as libjpeg decides it. */
  boolean isLumaChroma() {
    if (components.length == 4) {
      return adobeTransform == 2;
    }
    if (components.length == 1) {
      return false;
    }
    if (jfif || adobeTransform >= 0) {
      return jfif || adobeTransform != 0;
    }
    return !(components[0] == 'R' && components[1] == 'G' && components[2] == 'B');
  }

  /**
   * The profile, put together from its parts, which are numbered from 1; null if one is missing.
   */
  byte[] profile() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    boolean ended = false;
    for (int part = 1; part < profileParts.length; part++) {
      if (profileParts[part] == null) {
        ended = true;
      } else if (ended) {
        return null;
      } else {
        whole.writeBytes(profileParts[part]);
      }
    }
    return whole.size() == 0 ? null : whole.toByteArray();
  }

  Notes notes() {
    return new Notes(profile(), dotsPerInch > 0 ? dotsPerInch : exifDotsPerInch, orientation);
  }
}
