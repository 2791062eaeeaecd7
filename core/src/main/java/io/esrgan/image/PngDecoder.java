package io.esrgan.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads PNG (W3C, third edition): every colour type and depth, palette, transparency, interlacing.
 * Samples come out as stored; gray of fewer than 8 bits is stretched to 8.
 */
final class PngDecoder implements Decoder {
  private static final int[] PASS_X = {0, 4, 0, 2, 0, 1, 0};
  private static final int[] PASS_Y = {0, 0, 4, 0, 2, 0, 1};
  private static final int[] PASS_STEP_X = {8, 8, 4, 4, 2, 2, 1};
  private static final int[] PASS_STEP_Y = {8, 8, 8, 4, 4, 2, 2};

  private final ImageInputStream in;
  private final PngChunks chunks;

  PngDecoder(ImageInputStream in) throws IOException {
    this.in = in;
    this.chunks = PngChunks.read(in);
  }

  @Override
  public int width() {
    return chunks.width();
  }

  @Override
  public int height() {
    return chunks.height();
  }

  @Override
  public Notes notes() {
    return chunks.notes();
  }

  @Override
  public Picture decode() throws IOException {
    PngPixels pixels = chunks.pixels();
    try (InputStream rows = new InflaterInputStream(new PngDataStream(in, chunks.data()))) {
      if (chunks.interlaced()) {
        for (int pass = 0; pass < 7; pass++) {
          decode(rows, pixels, PASS_X[pass], PASS_Y[pass], PASS_STEP_X[pass], PASS_STEP_Y[pass]);
        }
      } else {
        decode(rows, pixels, 0, 0, 1, 1);
      }
      rows.read(); // the end of the compressed data, where their checksum stands
    } catch (EOFException e) {
      throw Defect.damaged("its pixel data end too early");
    } catch (ZipException e) {
      throw Defect.damaged("its pixel data: " + e.getMessage());
    }
    return pixels.picture();
  }

  /**
   * One pass over the rows {@code y0, y0 + dy, ...} and in them the pixels {@code x0, x0 + dx,
   * ...}.
   */
  private void decode(InputStream rows, PngPixels pixels, int x0, int y0, int dx, int dy)
      throws IOException {
    int width = (chunks.width() - x0 + dx - 1) / dx;
    if (width <= 0) {
      return;
    }
    int rowBytes = (int) (((long) width * chunks.bitsPerPixel() + 7) / 8);
    PngFilter filter = new PngFilter(rowBytes, Math.max(1, chunks.bitsPerPixel() / 8));
    for (int y = y0; y < chunks.height(); y += dy) {
      pixels.put(filter.next(rows), y, x0, dx, width);
    }
  }
}
