package io.esrgan.exec;

import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A result on disk while its parts are computed one after the other: float32, row by row, in each
 * row channel by channel. The file is gone when this is closed, or the process ends.
 */
public final class Scratch implements AutoCloseable {
  private final FileChannel file;
  private final int channels;
  private final int width;

  /** An empty one, in a folder that has room for it. */
  public Scratch(Path folder, int channels, int width) throws IOException {
    Path path = Files.createTempFile(folder, ".esrgan-scratch-", ".tmp");
    this.file =
        FileChannel.open(
            path,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    this.channels = channels;
    this.width = width;
  }

  /**
   * Writes a part, (1, c, r, w), to its place.
   *
   * @param x its first column
   * @param y its first row
   * @param channel its first channel
   */
  public void write(int x, int y, int channel, Tensor part) throws IOException {
    float[] values = part.toFloats();
    int rows = Math.toIntExact(part.size(2));
    int columns = Math.toIntExact(part.size(3));
    ByteBuffer buffer = buffer(columns);
    for (int c = 0; c < part.size(1); c++) {
      for (int row = 0; row < rows; row++) {
        buffer.clear();
        buffer.asFloatBuffer().put(values, (c * rows + row) * columns, columns);
        long position = offset(y + row, channel + c, x);
        while (buffer.hasRemaining()) {
          position += file.write(buffer, position);
        }
      }
    }
  }

  /** Whole rows, (1, c, r, w). */
  public Tensor read(int y, int rows) throws IOException {
    float[] values = new float[Math.multiplyExact(rows * channels, width)];
    ByteBuffer buffer = buffer(width);
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < rows; row++) {
        buffer.clear();
        long position = offset(y + row, c, 0);
        while (buffer.hasRemaining()) {
          int read = file.read(buffer, position);
          if (read < 0) {
            throw new IOException("the scratch file ended before row " + (y + row));
          }
          position += read;
        }
        buffer.flip().asFloatBuffer().get(values, (c * rows + row) * width, width);
      }
    }
    return Tensor.of(values, 1, channels, rows, width);
  }

  private static ByteBuffer buffer(int columns) {
    return ByteBuffer.allocate(columns * Float.BYTES).order(ByteOrder.nativeOrder());
  }

  private long offset(long row, int channel, int x) {
    return ((row * channels + channel) * width + x) * Float.BYTES;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
