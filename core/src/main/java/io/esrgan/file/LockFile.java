package io.esrgan.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one holder at a time has locked, of all threads and processes. It stays behind, empty
 * and unlocked; a process that dies leaves it unlocked too.
 */
public final class LockFile implements AutoCloseable {
  /**
   * Of this process. Looked at before a file is opened: closing any channel of a locked file, even
   * one that never got the lock, unlocks it on POSIX systems.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel; // closing it unlocks

  private LockFile(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, if nobody has it; the folder must exist.
   *
   * @throws IOException if the file cannot be made, or locked at all
   */
  public static Optional<LockFile> take(Path file) throws IOException {
    Path absolute = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
    if (!HELD.add(absolute)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(absolute, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      taken = channel.tryLock() != null;
      return taken ? Optional.of(new LockFile(absolute, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        HELD.remove(absolute);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(file);
    }
  }
}
