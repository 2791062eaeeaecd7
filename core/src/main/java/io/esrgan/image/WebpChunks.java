package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/** The profile and the EXIF data of a WebP file (RFC 9649, section 2.7). */
final class WebpChunks {
  private static final int LARGEST_NOTE = 1 << 24;
  private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** The feature bit of VP8X that announces a profile. */
  private static final int HAS_PROFILE = 0x20;

  private WebpChunks() {}

  static Notes read(ImageInputStream in) throws IOException {
    byte[] profile = null;
    TiffTags exif = null;
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    try {
      in.seek(12);
      while (true) {
        byte[] name = new byte[4];
        in.readFully(name);
        long length = in.readUnsignedInt();
        long next = in.getStreamPosition() + length + (length & 1);
        String type = new String(name, StandardCharsets.ISO_8859_1);
        boolean note = type.equals("ICCP") || type.equals("EXIF");
        if (note && length <= LARGEST_NOTE) {
          byte[] content = new byte[(int) length];
          in.readFully(content);
          if (type.equals("ICCP")) {
            profile = content;
          } else {
            exif = TiffTags.of(withoutName(content));
          }
        }
        in.seek(next);
      }
    } catch (EOFException e) {
      // All chunks have been seen; whether pixels are missing is the decoder's business.
    }
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    return exif == null
        ? new Notes(profile, 0, Orientation.UPRIGHT)
        : new Notes(profile, exif.dotsPerInch(), exif.orientation());
  }

  /** Some programs put JPEG's name before the data. */
  private static byte[] withoutName(byte[] exif) {
    int name = EXIF_NAME.length;
    return exif.length > name && Arrays.equals(exif, 0, name, EXIF_NAME, 0, name)
        ? Arrays.copyOfRange(exif, name, exif.length)
        : exif;
  }

  /** The same file without its profile: the decoder would convert colours through it. */
  static ImageInputStream withoutProfile(ImageInputStream in) throws IOException {
    in.seek(0);
    byte[] file = new byte[(int) Math.min(in.length(), Integer.MAX_VALUE - 8)];
    in.readFully(file);
    ByteBuffer chunks = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    while (at >= 12 && at <= file.length - 9) {
      String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
      int length = chunks.getInt(at + 4);
      if (length < 0) {
        break;
      }
      if (type.equals("VP8X")) {
        file[at + 8] &= ~HAS_PROFILE;
      } else if (type.equals("ICCP")) {
        file[at] = '-'; // a chunk that nobody knows is skipped
      }
      at += 8 + length + (length & 1);
    }
    return new BytesImageInputStream(file);
  }
}
