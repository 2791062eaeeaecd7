package io.esrgan.image;

import java.io.Closeable;
import java.io.IOException;

/** One picture being written in a format, from its top. */
interface RowEncoder extends Closeable {
  /** Adds rows of the picture's width, channels and bits. */
  void write(Picture rows) throws IOException;

  /** What follows the last row. */
  void finish() throws IOException;

  /** Frees what the encoder holds, whether it is finished or not. */
  @Override
  default void close() {}
}
