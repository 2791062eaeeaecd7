package io.esrgan.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes BMP: 24 bits, or 8 bits with a palette of grays; rows from the bottom, blue first. */
final class BmpEncoder {
  private static final int HEADERS = 14 + 40;
  private static final double METRES_PER_INCH = 0.0254;

  private BmpEncoder() {}

  /** Writes a picture without alpha, of 8 bits. */
  static void write(Picture picture, OutputStream out) throws IOException {
    int channels = picture.channels().count();
    int colours = channels == 1 ? 256 : 0;
    long rowBytes = ((long) picture.width() * channels + 3) / 4 * 4;
    long size = HEADERS + colours * 4L + rowBytes * picture.height();
    if (size > Integer.MAX_VALUE) {
      throw new Defect("a BMP holds at most 2 GiB, this needs " + size + "; write a PNG or a TIFF");
    }
    int perMetre = (int) Math.round(picture.metadata().dotsPerInch() / METRES_PER_INCH);
    ByteBuffer head = ByteBuffer.allocate(HEADERS + colours * 4).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'B').put((byte) 'M').putInt((int) size).putInt(0).putInt(head.capacity());
    head.putInt(40).putInt(picture.width()).putInt(picture.height());
    head.putShort((short) 1).putShort((short) (8 * channels)).putInt(0);
    head.putInt((int) rowBytes * picture.height()).putInt(perMetre).putInt(perMetre);
    head.putInt(colours).putInt(0);
    for (int i = 0; i < colours; i++) {
      head.putInt(i * 0x010101);
    }
    out.write(head.array());
    byte[] row = new byte[(int) rowBytes];
    byte[] samples = picture.bytes();
    int stride = picture.width() * channels;
    for (int y = picture.height() - 1; y >= 0; y--) {
      for (int i = 0; i < stride; i++) {
        row[i] = samples[y * stride + (channels == 1 ? i : i / 3 * 3 + 2 - i % 3)];
      }
      out.write(row);
    }
  }
}
