package io.esrgan.image;

import java.io.IOException;

/**
 * A picture that is written into a file a few rows at a time, with the result that {@link
 * Images#write} would have: for pictures that are larger than memory.
 *
 * <p>PNG, TIFF and BMP are written as the rows come; a JPEG is gathered in memory first. The file
 * appears when it is committed; closed before that, it leaves nothing behind. Not for several
 * threads.
 */
public interface RowWriter extends AutoCloseable {
  /**
   * Adds rows below those that are there. A writer that has failed is of no more use.
   *
   * @param rows of the width, channels and bits that were announced; its metadata are not looked at
   */
  void write(Picture rows) throws IOException;

  /**
   * All rows are written: the file moves into its place.
   *
   * @throws IllegalStateException if rows are missing
   */
  void commit() throws IOException;

  @Override
  void close() throws IOException;
}
