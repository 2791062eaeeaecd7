package io.esrgan.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;

/** Rows of a file, upright and with their metadata. */
final class FileRowReader implements RowReader {
  private final String name;
  private final ImageInputStream in;
  private final Decoder decoder;
  private final StoredRows rows;
  private final int width;
  private final int height;
  private final Metadata metadata;
  private int next;

  /** Closes {@code in} if it fails. */
  static FileRowReader open(String name, ImageInputStream in, Limits whole, Limits streamed)
      throws IOException {
    Decoder decoder = null;
    boolean opened = false;
    try {
      decoder = Format.of(in).open(in);
      FileRowReader reader = new FileRowReader(name, in, decoder, whole, streamed);
      opened = true;
      return reader;
    } finally {
      if (!opened) {
        if (decoder != null) {
          decoder.close();
        }
        in.close();
      }
    }
  }

  private FileRowReader(
      String name, ImageInputStream in, Decoder decoder, Limits whole, Limits streamed)
      throws IOException {
    this.name = name;
    this.in = in;
    this.decoder = decoder;
    Notes notes = decoder.notes();
    if (decoder.byRows() && notes.orientation() == Orientation.UPRIGHT) {
      streamed.checkPicture(decoder.width(), decoder.height());
      this.rows = decoder.rows();
      this.width = decoder.width();
      this.height = decoder.height();
    } else {
      whole.checkFile(in.length());
      whole.checkPicture(decoder.width(), decoder.height());
      Picture picture = decoder.upright();
      this.rows = StoredRows.of(picture);
      this.width = picture.width();
      this.height = picture.height();
    }
    this.metadata = notes.metadata(rows.channels());
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Picture.Channels channels() {
    return rows.channels();
  }

  @Override
  public int bits() {
    return rows.bits();
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Picture next(int count) throws PictureException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one row must be asked for, not " + count);
    }
    if (next == height) {
      throw new IllegalStateException("all " + height + " rows of " + name + " have been read");
    }
    int there = Math.min(count, height - next);
    Picture read = Wording.reading(name, () -> rows.next(there));
    next += there;
    return read.withMetadata(metadata);
  }

  @Override
  public void close() throws PictureException {
    Wording.reading(
        name,
        () -> {
          rows.close();
          decoder.close();
          in.close();
          return null;
        });
  }
}
