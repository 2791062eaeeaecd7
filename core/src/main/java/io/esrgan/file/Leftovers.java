package io.esrgan.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Parts of files that killed processes left behind. Whoever writes a part has it locked, until it
 * has moved into its place; where a lock can be had, nobody writes it any more. Some file systems
 * do not tell others of locks, so that only parts are taken away that nobody has written to for a
 * while.
 */
final class Leftovers {
  private static final Duration LONG = Duration.ofMinutes(10);

  /** A byte that no part has, since on some systems others cannot read what is locked. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private static final Set<Path> CLEARED = ConcurrentHashMap.newKeySet();

  private Leftovers() {}

  /** Says that this process writes a part; without effect where files cannot be locked. */
  static void keepFrom(FileChannel part) {
    try {
      part.tryLock(LOCKED, 1, false);
    } catch (IOException | UnsupportedOperationException e) {
      // Then it cannot be locked by those either who would take it away.
    }
  }

  /** Takes away what is left in a folder, the first time that this process writes there. */
  static void clear(Path folder) {
    if (CLEARED.add(folder)) {
      try (DirectoryStream<Path> parts =
          Files.newDirectoryStream(folder, WholeFile.PART_START + "*" + WholeFile.PART_END)) {
        for (Path part : parts) {
          if (!isOwn(part) && isOld(part)) {
            clearUnlocked(part);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        // They are in nobody's way.
      }
    }
  }

  /**
   * Whether this process writes it, by whatever path: to close any channel of a file unlocks it for
   * the whole process on POSIX systems.
   */
  private static boolean isOwn(Path part) {
    return WholeFile.UNFINISHED.stream()
        .anyMatch(own -> own.getFileName().equals(part.getFileName()));
  }

  private static boolean isOld(Path part) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(part, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return attributes.isRegularFile()
        && attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(LONG));
  }

  private static void clearUnlocked(Path part) {
    try (FileChannel channel =
            FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock(LOCKED, 1, false)) {
      if (lock != null) {
        Files.deleteIfExists(part);
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Another's, or on a file system without locks.
    }
  }
}
