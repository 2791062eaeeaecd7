package io.esrgan.image;

import javax.imageio.stream.ImageInputStreamImpl;

/** A file that is in memory already. */
final class BytesImageInputStream extends ImageInputStreamImpl {
  private final byte[] bytes;

  BytesImageInputStream(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    bitOffset = 0;
    return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int from, int count) {
    bitOffset = 0;
    if (streamPos >= bytes.length) {
      return -1;
    }
    int read = (int) Math.min(count, bytes.length - streamPos);
    System.arraycopy(bytes, (int) streamPos, to, from, read);
    streamPos += read;
    return read;
  }

  @Override
  public long length() {
    return bytes.length;
  }
}
