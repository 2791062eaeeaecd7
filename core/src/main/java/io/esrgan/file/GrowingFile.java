package io.esrgan.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is only ever added to, a piece at a time.
 *
 * <p>A piece is handed to the system at once, so that a killed process loses none that was added. A
 * piece that could not be written wholly (a full disk) is cut off again; only a crash of the
 * machine may leave a torn one, at the end. Not for several threads.
 */
public final class GrowingFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private GrowingFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Goes on at the end of a file, which is made if it is not there. */
  public static GrowingFile open(Path file) throws IOException {
    try {
      return new GrowingFile(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * Adds a piece.
   *
   * @throws IOException if it cannot be written wholly, with one line that says why
   */
  public void add(byte[] piece) throws IOException {
    long end = -1;
    try {
      end = channel.size();
      ByteBuffer rest = ByteBuffer.wrap(piece);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      IOException failure = unwritable(file, e);
      cutBack(end, failure);
      throw failure;
    }
  }

  private void cutBack(long end, IOException failure) {
    try {
      if (end >= 0 && channel.size() > end) {
        channel.truncate(end);
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static IOException unwritable(Path file, IOException e) {
    return new IOException("cannot write %s: %s".formatted(file, WholeFile.reason(e)), e);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
