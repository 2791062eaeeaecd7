package io.esrgan.exec;

/** Feature maps side by side, which convolutions read one after the other. */
interface ReadWindow extends AutoCloseable {

  /** How much memory a window takes, and how much it holds from strip to strip. */
  record Bytes(long window, long held) {}

  /**
   * Whether there is anything but zeros, now or left over, that somebody still reads for a row of
   * the picture.
   */
  boolean isInUse(long strip);

  /** Moves up to a reader's rows, and brings in what it is the first to read. */
  void moveTo(int reader);

  /** After the last reader: holds what the next strip's readers look back to. */
  void leave();

  @Override
  void close();
}
