package io.esrgan.image;

import java.io.IOException;

/** One picture being written in a format, from its top. */
interface RowEncoder {
  /** Adds rows of the picture's width, channels and bits. */
  void write(Picture rows) throws IOException;

  /** What follows the last row. */
  void finish() throws IOException;
}
