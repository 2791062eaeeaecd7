package io.esrgan.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Rows of a file that is decoded as they are asked for, with their metadata. */
final class FileRowReader implements RowReader {
  private final String name;
  private final ImageInputStream in;
  private final Decoder decoder;
  private final Reopening reopening;
  private final StoredRows rows;
  private final Metadata metadata;
  private int next;

  /** Opens the file once more. */
  @FunctionalInterface
  interface Reopening {
    RowReader run() throws PictureException;
  }

  /** By rows if the file can be, or all at once; closes {@code in} if it fails. */
  static RowReader open(
      String name, ImageInputStream in, Limits whole, Limits streamed, Reopening reopening)
      throws IOException {
    Decoder decoder = null;
    RowReader streaming = null;
    try {
      decoder = Format.of(in).open(in);
      Notes notes = decoder.notes();
      Optional<Decoder.Rows> rows = decoder.byRows();
      if (rows.isPresent() && notes.orientation() == Orientation.UPRIGHT) {
        streamed.checkPicture(decoder.width(), decoder.height());
        streaming = new FileRowReader(name, in, decoder, rows.get().begin(), reopening);
        return streaming;
      }
      whole.checkFile(in.length());
      whole.checkPicture(decoder.width(), decoder.height());
      Picture picture = decoder.upright();
      return new PictureRowReader(name, picture.withMetadata(notes.metadata(picture.channels())));
    } finally {
      if (streaming == null) {
        if (decoder != null) {
          decoder.close();
        }
        in.close();
      }
    }
  }

  private FileRowReader(
      String name, ImageInputStream in, Decoder decoder, StoredRows rows, Reopening reopening) {
    this.name = name;
    this.in = in;
    this.decoder = decoder;
    this.reopening = reopening;
    this.rows = rows;
    this.metadata = decoder.notes().metadata(rows.channels());
  }

  @Override
  public int width() {
    return decoder.width();
  }

  @Override
  public int height() {
    return decoder.height();
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
    int there = there(count, next, height(), name);
    Picture read = Wording.reading(name, () -> rows.next(there));
    next += there;
    return read.withMetadata(metadata);
  }

  /** How many of {@code count} rows there are from {@code next} on. */
  static int there(int count, int next, int height, String name) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one row must be asked for, not " + count);
    }
    if (next == height) {
      throw new IllegalStateException("all " + height + " rows of " + name + " have been read");
    }
    return Math.min(count, height - next);
  }

  @Override
  public RowReader again() throws PictureException {
    RowReader other = reopening.run();
    if (other.width() == width()
        && other.height() == height()
        && other.channels() == channels()
        && other.bits() == bits()) {
      return other;
    }
    return Wording.reading(
        name,
        () -> {
          other.close();
          throw new Defect("it was changed while it was read; leave it alone until that is done");
        });
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
