package io.esrgan.image;

import java.io.IOException;
import java.io.InputStream;
import javax.imageio.stream.ImageInputStream;

/** A piece of a file as a stream. Several may be read in turn. */
final class FilePiece extends InputStream {
  private final ImageInputStream in;
  private long at;
  private long left;

  FilePiece(ImageInputStream in, long at, long length) {
    this.in = in;
    this.at = at;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    in.seek(at);
    int read = in.read(to, from, (int) Math.min(count, left));
    if (read < 0) {
      throw Defect.truncated();
    }
    at += read;
    left -= read;
    return read;
  }
}
