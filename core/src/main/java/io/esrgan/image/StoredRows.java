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

  /** Rows of a picture that is in memory. */
  static StoredRows of(Picture picture) {
    return new StoredRows() {
      private int y;

      @Override
      public Picture.Channels channels() {
        return picture.channels();
      }

      @Override
      public int bits() {
        return picture.bits();
      }

      @Override
      public Picture next(int count) {
        Picture rows = picture.crop(0, y, picture.width(), count);
        y += count;
        return rows;
      }
    };
  }
}
