package io.esrgan.image;

/** Rows of a picture that is in memory. */
final class PictureRowReader implements RowReader {
  private final String name;
  private final Picture picture;
  private int next;

  PictureRowReader(String name, Picture picture) {
    this.name = name;
    this.picture = picture;
  }

  @Override
  public int width() {
    return picture.width();
  }

  @Override
  public int height() {
    return picture.height();
  }

  @Override
  public Picture.Channels channels() {
    return picture.channels();
  }

  @Override
  public int bits() {
    return picture.bits();
  }

  @Override
  public Metadata metadata() {
    return picture.metadata();
  }

  @Override
  public Picture next(int count) {
    int there = FileRowReader.there(count, next, picture.height(), name);
    Picture rows = picture.crop(0, next, picture.width(), there);
    next += there;
    return rows;
  }

  @Override
  public RowReader again() {
    return new PictureRowReader(name, picture);
  }

  @Override
  public void close() {}
}
