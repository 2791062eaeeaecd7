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

  /** The pixels as stored. */
  Picture decode() throws IOException;

  @Override
  default void close() {}
}
