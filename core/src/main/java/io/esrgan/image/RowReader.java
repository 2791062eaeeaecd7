package io.esrgan.image;

import java.io.IOException;

/**
 * A picture that is read from its file a few rows at a time, as {@link Images#read} would give it:
 * for pictures that are larger than memory.
 *
 * <p>PNG that is not interlaced and TIFF of the usual kinds (8 or 16 bits, gray or RGB, with or
 * without alpha, in strips or tiles, plain or packed by LZW, deflate or PackBits) are decoded only
 * as far as they are asked for. Everything else, and what a camera noted is to be turned, is
 * decoded at once when it is opened and must fit the memory. Not for several threads.
 */
public interface RowReader extends AutoCloseable {
  int width();

  int height();

  Picture.Channels channels();

  /** Bits a sample: 8 or 16. */
  int bits();

  Metadata metadata();

  /**
   * The next rows below those that were asked for before: a picture of the whole width and of
   * {@code rows} rows, or of as many as are left.
   *
   * @throws PictureException if the file turns out to be damaged here
   * @throws IllegalStateException if no rows are left
   */
  Picture next(int rows) throws IOException;

  /**
   * Another reader of the same picture, from its first row. What was decoded at once is shared, so
   * it costs no more memory.
   *
   * @throws PictureException if the file is no longer that picture
   */
  RowReader again() throws IOException;

  /** Frees the file. */
  @Override
  void close() throws IOException;
}
