package io.esrgan.image;

/** Puts a picture of 8 bits together from its rows. */
final class Gathering {
  private final Shape shape;
  private byte[] samples; // made when the first rows are not all rows
  private Picture whole;
  private int filled;

  Gathering(Shape shape) {
    this.shape = shape;
  }

  void add(Picture rows) {
    if (rows.height() == shape.height()) {
      whole = rows; // not copied
      return;
    }
    if (samples == null) {
      samples = new byte[(int) shape.bytes()];
    }
    System.arraycopy(rows.bytes(), 0, samples, filled, rows.bytes().length);
    filled += rows.bytes().length;
  }

  /** All rows have been added. */
  Picture picture() {
    if (whole != null) {
      return whole.withMetadata(shape.metadata());
    }
    return Picture.of8Bit(
        shape.width(), shape.height(), shape.channels(), samples, shape.metadata());
  }
}
