package io.esrgan.image;

import java.io.Closeable;
import java.io.IOException;

/** The pixels of a file from the top, as stored; a part of its {@link Decoder}. */
interface StoredRows extends Closeable {
  Picture.Channels channels();

  int bits();

  /** The next {@code count} rows, which are there. After the last the file's end is checked. */
  Picture next(int count) throws IOException;

  @Override
  default void close() throws IOException {}
}
