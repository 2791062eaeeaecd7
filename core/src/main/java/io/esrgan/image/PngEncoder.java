package io.esrgan.image;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Writes PNG (W3C, third edition), not interlaced, with profile and resolution. */
final class PngEncoder implements RowEncoder {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int ZLIB_HEADER = 0x785e; // RFC 1950: a window of 32 KiB, compressed fast
  private static final long ADLER_BASE = 65_521; // RFC 1950, as the sums that follow
  private static final int BLOCK_BYTES = 1 << 17; // that one processor compresses at a time
  private static final double METRES_PER_INCH = 0.0254;

  private final DataOutputStream out;
  private final List<PngBlock> full = new ArrayList<>();
  private final int atOnce;
  private PngBlock block; // that is being filled
  private long sum = 1; // of all that was compressed
  private boolean isBegun;

  PngEncoder(Shape shape, OutputStream out) throws IOException {
    this.out = new DataOutputStream(out);
    this.block = PngBlock.first(shape, BLOCK_BYTES);
    this.atOnce = Deflation.atOnce(block.size());
    writeHead(shape);
  }

  private void writeHead(Shape shape) throws IOException {
    out.writeLong(SIGNATURE);
    chunk("IHDR", header(shape));
    byte[] profile = shape.metadata().iccProfile();
    if (Profiles.describes(profile, shape.channels())) {
      chunk("iCCP", profileChunk(profile));
    }
    double dotsPerInch = shape.metadata().dotsPerInch();
    if (dotsPerInch > 0) {
      int perMetre = (int) Math.round(dotsPerInch / METRES_PER_INCH);
      chunk("pHYs", ByteBuffer.allocate(9).putInt(perMetre).putInt(perMetre).put((byte) 1).array());
    }
  }

  @Override
  public void write(Picture picture) throws IOException {
    for (int y = 0; y < picture.height(); y++) {
      if (block.isFull()) {
        full.add(block);
        block = block.next();
        if (full.size() == atOnce) {
          pack(false);
        }
      }
      block.add(picture, y);
    }
  }

  @Override
  public void finish() throws IOException {
    full.add(block);
    pack(true);
    chunk("IEND", new byte[0]);
    out.flush();
  }

  /** By all processors at once. */
  private void pack(boolean toTheEnd) throws IOException {
    PngBlock last = toTheEnd ? block : null;
    for (PngBlock.Packed packed :
        full.parallelStream().map(each -> each.packed(each == last)).toList()) {
      data(packed);
    }
    full.clear();
  }

  private void data(PngBlock.Packed packed) throws IOException {
    long low = sum % (1 << 16);
    long high = sum >> 16;
    long added = packed.sum() % (1 << 16);
    high =
        (high + (packed.sum() >> 16) + packed.count() % ADLER_BASE * (low + ADLER_BASE - 1))
            % ADLER_BASE;
    low = (low + added + ADLER_BASE - 1) % ADLER_BASE;
    sum = high << 16 | low;
    ByteBuffer content = ByteBuffer.allocate(packed.bytes().length + Short.BYTES + Integer.BYTES);
    if (!isBegun) {
      content.putShort((short) ZLIB_HEADER);
      isBegun = true;
    }
    content.put(packed.bytes());
    if (packed.isLast()) {
      content.putInt((int) sum);
    }
    chunk("IDAT", content.array(), 0, content.position());
  }

  private static byte[] header(Shape shape) {
    int colour =
        switch (shape.channels()) {
          case GRAY -> PngChunks.GRAY;
          case GRAY_ALPHA -> PngChunks.GRAY_ALPHA;
          case RGB -> PngChunks.RGB;
          case RGB_ALPHA -> PngChunks.RGB_ALPHA;
        };
    return ByteBuffer.allocate(13)
        .putInt(shape.width())
        .putInt(shape.height())
        .put((byte) shape.bits())
        .put((byte) colour)
        .array();
  }

  private static byte[] profileChunk(byte[] profile) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.write("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(content)) {
      deflated.write(profile);
    }
    return content.toByteArray();
  }

  private void chunk(String type, byte[] content) throws IOException {
    chunk(type, content, 0, content.length);
  }

  private void chunk(String type, byte[] bytes, int from, int count) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(bytes, from, count);
    out.writeInt(count);
    out.write(name);
    out.write(bytes, from, count);
    out.writeInt((int) sum.getValue());
  }
}
