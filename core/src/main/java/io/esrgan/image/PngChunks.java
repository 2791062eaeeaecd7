package io.esrgan.image;

import io.esrgan.image.Picture.Channels;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * What stands around the pixels of a PNG. All chunks are visited, none of the pixel data is read: a
 * file that is cut off is found out here.
 */
final class PngChunks {
  static final byte[] IDAT = "IDAT".getBytes(StandardCharsets.ISO_8859_1);

  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private static final int LARGEST_NOTE = 1 << 24; // bytes of a profile or of EXIF data
  private static final double METRES_PER_INCH = 0.0254;

  /** Where a chunk's content begins, and its length in bytes. */
  record Chunk(long at, long length) {}

  private final ImageInputStream in;
  private final List<Chunk> data = new ArrayList<>();
  private int width;
  private int height;
  private int bits;
  private int colour;
  private boolean interlaced;
  private byte[] palette;
  private byte[] transparency;
  private byte[] profile;
  private double dotsPerInch;
  private Orientation orientation = Orientation.UPRIGHT;

  private PngChunks(ImageInputStream in) {
    this.in = in;
  }

  static PngChunks read(ImageInputStream in) throws IOException {
    PngChunks chunks = new PngChunks(in);
    try {
      in.seek(8);
      chunks.readAll();
    } catch (EOFException e) {
      throw Defect.truncated();
    }
    return chunks;
  }

  private void readAll() throws IOException {
    for (boolean first = true; ; first = false) {
      long length = in.readUnsignedInt();
      byte[] name = new byte[4];
      in.readFully(name);
      String type = new String(name, StandardCharsets.ISO_8859_1);
      Chunk chunk = new Chunk(in.getStreamPosition(), length);
      if (first != type.equals("IHDR")) {
        throw Defect.damaged("IHDR is not its first chunk");
      }
      switch (type) {
        case "IHDR" -> header(content(chunk, name));
        case "PLTE" -> palette = content(chunk, name);
        case "tRNS" -> transparency = content(chunk, name);
        case "IDAT" -> data.add(chunk);
        case "iCCP", "pHYs", "eXIf" -> note(type, chunk, name);
        case "IEND" -> {
          in.seek(chunk.at() + length);
          in.readInt();
          check();
          return;
        }
        default -> {}
      }
      in.seek(chunk.at() + length);
      in.readInt(); // the checksum; reading it finds the end of a file that is cut off
    }
  }

  /** A chunk that the picture cannot do without. */
  private byte[] content(Chunk chunk, byte[] name) throws IOException {
    String type = new String(name, StandardCharsets.ISO_8859_1);
    if (chunk.length() > 768) {
      throw Defect.damaged(type + " has " + chunk.length() + " bytes");
    }
    byte[] content = checked(chunk, name);
    if (content == null) {
      throw Defect.damaged("the checksum of " + type + " is wrong");
    }
    return content;
  }

  /** The content of a chunk, or null if its checksum is wrong. */
  private byte[] checked(Chunk chunk, byte[] name) throws IOException {
    byte[] content = new byte[(int) chunk.length()];
    in.readFully(content);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(content);
    return in.readUnsignedInt() == sum.getValue() ? content : null;
  }

  private void header(byte[] content) throws IOException {
    if (content.length != 13) {
      throw Defect.damaged("IHDR has " + content.length + " bytes, not 13");
    }
    width = int32(content, 0);
    height = int32(content, 4);
    bits = content[8];
    colour = content[9];
    interlaced = content[12] == 1;
    boolean known =
        switch (colour) {
          case GRAY -> bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
          case PALETTE -> bits == 1 || bits == 2 || bits == 4 || bits == 8;
          case RGB, GRAY_ALPHA, RGB_ALPHA -> bits == 8 || bits == 16;
          default -> false;
        };
    if (!known || content[10] != 0 || content[11] != 0 || (content[12] & 0xfe) != 0) {
      throw Defect.damaged("no PNG has colour type %d with %d bits".formatted(colour, bits));
    }
  }

  private void check() throws Defect {
    if (data.isEmpty()) {
      throw Defect.damaged("it has no pixel data");
    }
    if (colour == PALETTE && (palette == null || palette.length == 0 || palette.length % 3 != 0)) {
      throw Defect.damaged("its palette is missing or incomplete");
    }
    int needed = colour == GRAY ? 2 : colour == RGB ? 6 : 0;
    if (transparency != null && transparency.length < needed) {
      throw Defect.damaged("its transparency (tRNS) is incomplete");
    }
  }

  /** A note that cannot be read is left out: nobody loses a picture over it. */
  private void note(String type, Chunk chunk, byte[] name) throws IOException {
    if (chunk.length() > LARGEST_NOTE || chunk.at() + chunk.length() > in.length()) {
      return;
    }
    byte[] content = checked(chunk, name);
    if (content == null) {
      return;
    }
    switch (type) {
      case "iCCP" -> profile = inflatedProfile(content);
      case "pHYs" -> {
        if (content.length == 9 && content[8] == 1) {
          dotsPerInch = Resolution.perInch(int32(content, 0) * METRES_PER_INCH);
        }
      }
      default -> orientation = TiffTags.of(content).orientation();
    }
  }

  /** A name, a zero, the method (0, deflate), the profile. */
  private static byte[] inflatedProfile(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    int from = end + 2;
    if (from >= content.length || content[end + 1] != 0) {
      return null;
    }
    try (InflaterInputStream inflated =
        new InflaterInputStream(new ByteArrayInputStream(content, from, content.length - from))) {
      byte[] profile = inflated.readNBytes(LARGEST_NOTE);
      return profile.length < LARGEST_NOTE ? profile : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static int int32(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).getInt(at);
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  boolean interlaced() {
    return interlaced;
  }

  List<Chunk> data() {
    return data;
  }

  int bitsPerPixel() {
    return bits
        * switch (colour) {
          case RGB -> 3;
          case GRAY_ALPHA -> 2;
          case RGB_ALPHA -> 4;
          default -> 1;
        };
  }

  Notes notes() {
    return new Notes(profile, dotsPerInch, orientation);
  }

  /** As {@link PngPixels} makes them of the stored ones. */
  Channels channels() {
    return switch (colour) {
      case GRAY -> transparency != null ? Channels.GRAY_ALPHA : Channels.GRAY;
      case GRAY_ALPHA -> Channels.GRAY_ALPHA;
      case RGB, PALETTE -> transparency != null ? Channels.RGB_ALPHA : Channels.RGB;
      default -> Channels.RGB_ALPHA;
    };
  }

  /** Bits a sample as {@link PngPixels} makes them: 8 or 16. */
  int sampleBits() {
    return Math.max(8, bits);
  }

  /** Refuses a small file that claims a huge picture: deflate makes at best one byte of 1032. */
  void checkClaim() throws Defect {
    long stored = data.stream().mapToLong(Chunk::length).sum();
    if ((long) width * height / 8 * bitsPerPixel() > 1040 * (stored + 64)) {
      throw Defect.damaged("it claims more pixels than it can hold");
    }
  }

  /** {@code rows} empty rows of the picture, to be filled. */
  PngPixels pixels(int rows) throws Defect {
    return new PngPixels(width, rows, bits, colour, channels(), palette, transparency);
  }
}
