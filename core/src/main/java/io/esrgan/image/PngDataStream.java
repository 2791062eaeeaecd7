package io.esrgan.image;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.stream.ImageInputStream;

/**
 * The compressed pixels of a PNG: the contents of its IDAT chunks, one after the other, checked.
 */
final class PngDataStream extends InputStream {
  private final ImageInputStream in;
  private final List<PngChunks.Chunk> chunks;
  private final CRC32 sum = new CRC32();
  private int next; // the chunk after the current one
  private long left; // bytes of the current chunk
  private boolean open; // whether a chunk's checksum is still to come

  PngDataStream(ImageInputStream in, List<PngChunks.Chunk> chunks) {
    this.in = in;
    this.chunks = chunks;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    while (left == 0) {
      if (open) {
        open = false;
        if (in.readUnsignedInt() != sum.getValue()) {
          throw Defect.damaged("a checksum of its pixel data is wrong");
        }
      }
      if (next == chunks.size()) {
        return -1;
      }
      PngChunks.Chunk chunk = chunks.get(next++);
      in.seek(chunk.at());
      left = chunk.length();
      open = true;
      sum.reset();
      sum.update(PngChunks.IDAT);
    }
    int read = in.read(bytes, from, (int) Math.min(count, left));
    if (read < 0) {
      throw Defect.truncated();
    }
    sum.update(bytes, from, read);
    left -= read;
    return read;
  }
}
