package io.esrgan.tensor;

/**
 * Where feature maps lie in memory, channels in blocks: (channels / block, rows, width, block).
 *
 * <p>From one block of channels to the next it may be farther than its rows are long: a window of
 * rows of something taller.
 *
 * @param memory what they lie in
 * @param offset of the first number, in bytes
 * @param block channels side by side
 * @param channels a multiple of the block
 * @param rows of each channel
 * @param width of a row, in pixels
 * @param pitch rows from one block of channels to the next
 * @param precision of the numbers
 */
public record FeatureBlocks(
    NativeMemory memory,
    long offset,
    int block,
    int channels,
    int rows,
    int width,
    int pitch,
    Precision precision) {

  /** Checks that all of it lies within the memory. */
  public FeatureBlocks {
    if (block < 1 || channels < block || channels % block != 0 || rows < 1 || width < 1) {
      throw new IllegalArgumentException(
          "no feature maps of %d channels in blocks of %d, %d rows, %d pixels wide"
              .formatted(channels, block, rows, width));
    }
    if (pitch < rows || offset < 0) {
      throw new IllegalArgumentException(
          "%d rows at a pitch of %d, %d bytes in".formatted(rows, pitch, offset));
    }
    long lines = (long) (channels / block - 1) * pitch + rows;
    long end = offset + lines * width * block * precision.bytes();
    if (end > memory.size()) {
      throw new IllegalArgumentException(
          "feature maps end at byte %d of %d".formatted(end, memory.size()));
    }
  }

  /** Feature maps without a gap between blocks. */
  public static FeatureBlocks dense(
      NativeMemory memory,
      long offset,
      int block,
      int channels,
      int rows,
      int width,
      Precision precision) {
    return new FeatureBlocks(memory, offset, block, channels, rows, width, rows, precision);
  }

  /** Some of the rows. */
  public FeatureBlocks rows(int first, int count) {
    return new FeatureBlocks(
        memory, offset + first * lineBytes(), block, channels, count, width, pitch, precision);
  }

  /** Some of the channels, both numbers multiples of the block. */
  public FeatureBlocks channels(int first, int count) {
    return new FeatureBlocks(
        memory, lineOffset(first / block, 0), block, count, rows, width, pitch, precision);
  }

  /** How many blocks of channels there are. */
  public int blocks() {
    return channels / block;
  }

  /** Bytes from the first number to behind the last. */
  public long bytes() {
    return ((long) (blocks() - 1) * pitch + rows) * lineBytes();
  }

  /** Bytes of one row of one block. */
  public long lineBytes() {
    return (long) width * block * precision.bytes();
  }

  /** Where a row of a block begins, in bytes; the row may lie outside these, above or below. */
  public long lineOffset(int blockIndex, int row) {
    return offset + ((long) blockIndex * pitch + row) * lineBytes();
  }

  boolean isDense() {
    return pitch == rows || channels == block;
  }
}
