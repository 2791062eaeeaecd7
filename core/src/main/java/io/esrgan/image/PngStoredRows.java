package io.esrgan.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** The rows of a PNG that is not interlaced. */
final class PngStoredRows implements StoredRows {
  private final PngChunks chunks;
  private final PngData data;
  private final PngFilter filter;
  private int left;

  PngStoredRows(PngChunks chunks, ImageInputStream in) throws IOException {
    chunks.checkClaim();
    this.chunks = chunks;
    this.data = new PngData(chunks, in);
    this.filter = data.filter(chunks.width());
    this.left = chunks.height();
  }

  @Override
  public Picture.Channels channels() {
    return chunks.channels();
  }

  @Override
  public int bits() {
    return chunks.sampleBits();
  }

  @Override
  public Picture next(int count) throws IOException {
    PngPixels pixels = chunks.pixels(count);
    for (int y = 0; y < count; y++) {
      pixels.put(data.next(filter), y, 0, 1, chunks.width());
    }
    left -= count;
    if (left == 0) {
      data.finish();
    }
    return pixels.picture();
  }

  @Override
  public void close() {
    data.close();
  }
}
