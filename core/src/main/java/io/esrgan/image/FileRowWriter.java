package io.esrgan.image;

import io.esrgan.file.UnfinishedFile;
import java.io.IOException;
import java.nio.file.Path;

/** Rows into a file that appears in its place when all are there. */
final class FileRowWriter implements RowWriter {
  private final String name;
  private final Shape shape;
  private final UnfinishedFile file;
  private final RowEncoder encoder;
  private int written;
  private boolean usable = true; // no longer once a part of a piece may be in the file

  static FileRowWriter create(Path target, Format format, Shape shape, boolean replace)
      throws IOException {
    UnfinishedFile file = UnfinishedFile.open(target, replace);
    boolean begun = false;
    try {
      RowEncoder encoder = format.encoder(shape, file);
      begun = true;
      return new FileRowWriter(target.toString(), shape, file, encoder);
    } catch (Defect e) {
      throw e;
    } catch (IOException e) {
      throw file.failure(e);
    } finally {
      if (!begun) {
        file.close();
      }
    }
  }

  private FileRowWriter(String name, Shape shape, UnfinishedFile file, RowEncoder encoder) {
    this.name = name;
    this.shape = shape;
    this.file = file;
    this.encoder = encoder;
  }

  @Override
  public void write(Picture rows) throws PictureException {
    if (rows.width() != shape.width()
        || rows.channels() != shape.channels()
        || rows.bits() != shape.bits()) {
      throw new IllegalArgumentException(
          "%s was announced with %d columns of %s, %d bits, not %s"
              .formatted(name, shape.width(), shape.channels(), shape.bits(), rows));
    }
    if (rows.height() > shape.height() - written) {
      throw new IllegalArgumentException(
          "%s was announced with %d rows, this is row %d"
              .formatted(name, shape.height(), (long) written + rows.height()));
    }
    encode(() -> encoder.write(rows));
    written += rows.height();
  }

  @Override
  public void commit() throws PictureException {
    if (written < shape.height()) {
      throw new IllegalStateException(
          "%d of %d rows of %s are missing"
              .formatted(shape.height() - written, shape.height(), name));
    }
    encode(encoder::finish);
    usable = false;
    Wording.writing(
        name,
        () -> {
          file.commit();
          return null;
        });
  }

  @FunctionalInterface
  private interface Encoding {
    void run() throws IOException;
  }

  private void encode(Encoding encoding) throws PictureException {
    if (!usable) {
      throw new IllegalStateException(name + " is finished, or could not be written");
    }
    usable = false;
    Wording.writing(
        name,
        () -> {
          try {
            encoding.run();
            return null;
          } catch (Defect e) {
            throw e;
          } catch (IOException e) {
            throw file.failure(e);
          }
        });
    usable = true;
  }

  @Override
  public void close() throws PictureException {
    usable = false;
    Wording.writing(
        name,
        () -> {
          file.close();
          return null;
        });
  }
}
