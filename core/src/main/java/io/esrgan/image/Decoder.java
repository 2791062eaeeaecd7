package io.esrgan.image;

import java.io.Closeable;
import java.io.IOException;

/**
 * One file being read. Opening it has read what stands around the pixels, and nothing has been
 * allocated for them yet.
 *
 * <p>Opening and decoding damaged files may throw any runtime exception: {@link Images} turns them
 * into words.
 */
interface Decoder extends Closeable {
  /** As stored, before the orientation is applied. */
  int width();

  /** As stored, before the orientation is applied. */
  int height();

  Notes notes();

  /** Whether {@link #rows} holds no more than the rows asked for in memory. */
  default boolean byRows() {
    return false;
  }

  /** The pixels as stored, from the top; to be asked for once, and only if {@link #byRows}. */
  default StoredRows rows() throws IOException {
    throw new UnsupportedOperationException("this is decoded at once");
  }

  /** The pixels as stored. */
  Picture decode() throws IOException;

  /** The picture as it was seen. */
  default Picture upright() throws IOException {
    return notes().orientation().apply(decode());
  }

  @Override
  default void close() {}
}
