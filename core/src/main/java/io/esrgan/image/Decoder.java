package io.esrgan.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

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

  /** The pixels as stored, from the top, of which no more are in memory than were asked for. */
  @FunctionalInterface
  interface Rows {
    /** Begins at the top; to be called once. */
    StoredRows begin() throws IOException;
  }

  /** The pixels by rows; nothing where they are decoded at once. */
  default Optional<Rows> byRows() {
    return Optional.empty();
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
