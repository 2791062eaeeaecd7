package io.esrgan.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written a piece at a time and appears in its place when it is {@linkplain
 * #commit() committed}, whole: see {@link WholeFile}. Closed before that, it leaves nothing behind.
 *
 * <p>Not for several threads.
 */
public final class UnfinishedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path absolute;
  private final Path folder;
  private final Path part;
  private final boolean replace;
  private FileChannel channel;

  @SuppressWarnings("UnusedVariable") // a lock ends when nothing refers to it
  private FileLock lock;

  private OutputStream out;

  private UnfinishedFile(Path target, boolean replace) throws IOException {
    this.target = target;
    this.absolute = target.toAbsolutePath();
    this.folder = absolute.getParent();
    this.replace = replace;
    if (folder == null || Files.isDirectory(absolute)) {
      throw new IOException(target + " is a folder, so it cannot be written as a file");
    }
    if (Files.exists(absolute) && !Files.isRegularFile(absolute)) {
      throw new IOException(
          target + " is a device or a pipe, which would be replaced by a file; name a file");
    }
    String name = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    this.part = folder.resolve(WholeFile.PART_START + name + WholeFile.PART_END);
  }

  /**
   * Begins a file.
   *
   * @param replace whether a file that is there is replaced at the end
   * @throws FileAlreadyExistsException if there is one that must not be replaced
   * @throws IOException if it cannot be made, with one line that says why
   */
  public static UnfinishedFile open(Path target, boolean replace) throws IOException {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    UnfinishedFile file = new UnfinishedFile(target, replace);
    Leftovers.clear(file.folder);
    WholeFile.UNFINISHED.add(file.part);
    try {
      file.channel =
          FileChannel.open(file.part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      file.lock = Leftovers.keepFrom(file.channel);
      file.out = new BufferedOutputStream(Channels.newOutputStream(file.channel), BUFFER);
      return file;
    } catch (IOException e) {
      WholeFile.UNFINISHED.remove(file.part);
      throw file.failure(e);
    }
  }

  /** Adds to the end; buffered, and not to be closed. Failures are the system's own. */
  public OutputStream out() {
    return out;
  }

  /** Writes at a place of its own, over what is there or beyond it; the end stays where it is. */
  public void writeAt(long at, byte[] bytes) throws IOException {
    out.flush();
    long next = at;
    for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
      next += channel.write(rest, next);
    }
  }

  /**
   * The file is whole: forces it to the disk and moves it into its place.
   *
   * @throws FileAlreadyExistsException if one appeared there that must not be replaced
   * @throws IOException if it cannot be, with one line that says why
   */
  public void commit() throws IOException {
    try {
      out.flush();
      channel.force(true);
      try {
        move();
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException e) {
        channel.close(); // some file systems move no file that is open
        move();
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** While it is locked, so that nobody takes it for a leftover. */
  private void move() throws IOException {
    if (replace) {
      WholeFile.moveOver(part, absolute);
      WholeFile.sync(folder);
    } else {
      WholeFile.publish(part, absolute);
    }
  }

  /** A failure to write this file in one line that names it; itself if the file exists already. */
  public IOException failure(IOException e) {
    if (e instanceof NoSuchFileException && Files.notExists(folder)) {
      return new IOException(
          "cannot write " + target + ": the folder " + folder + " does not exist", e);
    }
    if (e instanceof AccessDeniedException) {
      return new IOException(
          "cannot write " + target + ": no permission to write into " + folder, e);
    }
    if (e instanceof FileAlreadyExistsException) {
      return e;
    }
    return new IOException("cannot write " + target + ": " + WholeFile.reason(e), e);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      WholeFile.remove(part);
      WholeFile.UNFINISHED.remove(part);
    }
  }
}
