package io.esrgan.image;

import io.esrgan.file.UnfinishedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes BMP: 24 bits, or 8 bits with a palette of grays; rows from the bottom, blue first. */
final class BmpEncoder implements RowEncoder {
  private static final int HEADERS = 14 + 40;
  private static final int PIECE = 1 << 20; // bytes written at once
  private static final double METRES_PER_INCH = 0.0254;

  private final UnfinishedFile file;
  private final int stride; // samples of a row
  private final int rowBytes; // a multiple of four
  private long end; // of the rows above those that are there

  /** For pictures without alpha; 16 bits are rounded to 8. */
  BmpEncoder(Shape shape, UnfinishedFile file) throws IOException {
    int channels = shape.channels().count();
    int colours = channels == 1 ? 256 : 0;
    long row = ((long) shape.width() * channels + 3) / 4 * 4;
    long size = HEADERS + colours * 4L + row * shape.height();
    if (size > Integer.MAX_VALUE) {
      throw new Defect("a BMP holds at most 2 GiB, this needs " + size + "; write a PNG or a TIFF");
    }
    this.file = file;
    this.stride = shape.width() * channels;
    this.rowBytes = (int) row;
    this.end = size;
    int perMetre = (int) Math.round(shape.metadata().dotsPerInch() / METRES_PER_INCH);
    ByteBuffer head = ByteBuffer.allocate(HEADERS + colours * 4).order(ByteOrder.LITTLE_ENDIAN);
    head.put((byte) 'B').put((byte) 'M').putInt((int) size).putInt(0).putInt(head.capacity());
    head.putInt(40).putInt(shape.width()).putInt(shape.height());
    head.putShort((short) 1).putShort((short) (8 * channels)).putInt(0);
    head.putInt(rowBytes * shape.height()).putInt(perMetre).putInt(perMetre);
    head.putInt(colours).putInt(0);
    for (int i = 0; i < colours; i++) {
      head.putInt(i * 0x010101);
    }
    file.out().write(head.array());
  }

  @Override
  public void write(Picture picture) throws IOException {
    Picture rows = picture.to8Bits();
    int most = Math.max(1, PIECE / rowBytes);
    for (int y = 0; y < rows.height(); y += most) {
      byte[] piece = bottomUp(rows, y, Math.min(most, rows.height() - y));
      end -= piece.length;
      file.writeAt(end, piece);
    }
  }

  private byte[] bottomUp(Picture rows, int y, int count) {
    boolean gray = rows.channels().count() == 1;
    byte[] samples = rows.bytes();
    byte[] piece = new byte[count * rowBytes];
    for (int row = 0; row < count; row++) {
      int from = (y + count - 1 - row) * stride;
      int to = row * rowBytes;
      for (int i = 0; i < stride; i++) {
        piece[to + i] = samples[from + (gray ? i : i / 3 * 3 + 2 - i % 3)];
      }
    }
    return piece;
  }

  @Override
  public void finish() {}
}
