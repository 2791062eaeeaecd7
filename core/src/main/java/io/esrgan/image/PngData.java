package io.esrgan.image;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.imageio.stream.ImageInputStream;

/** The stored rows of a PNG, one after the other, their filters undone. */
final class PngData implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final int bitsPerPixel;
  private final Inflater inflater = new Inflater();
  private final InputStream rows;

  PngData(PngChunks chunks, ImageInputStream in) {
    this.bitsPerPixel = chunks.bitsPerPixel();
    this.rows = new InflaterInputStream(new PngDataStream(in, chunks.data()), inflater, BUFFER);
  }

  /** For rows of {@code width} pixels. */
  PngFilter filter(int width) throws Defect {
    long bytes = ((long) width * bitsPerPixel + 7) / 8;
    return new PngFilter(Limits.row(bytes), Math.max(1, bitsPerPixel / 8));
  }

  /** The next row. The array is used again for the row after the next. */
  byte[] next(PngFilter filter) throws IOException {
    try {
      return filter.next(rows);
    } catch (EOFException e) {
      throw Defect.damaged("its pixel data end too early");
    } catch (ZipException e) {
      throw unpacked(e);
    }
  }

  /** After the last row: the end of the compressed data, where their checksum stands. */
  void finish() throws IOException {
    try {
      rows.read();
    } catch (EOFException e) {
      throw Defect.damaged("its pixel data end too early");
    } catch (ZipException e) {
      throw unpacked(e);
    }
  }

  private static Defect unpacked(ZipException e) {
    return Defect.damaged("its pixel data: " + e.getMessage());
  }

  @Override
  public void close() {
    inflater.end();
  }
}
