package io.esrgan.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
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
 * Parts of files that killed processes left behind. Whoever writes a part has it locked until it
 * has moved into its place; where a lock can be had, nobody writes it any more. That holds on the
 * file systems of one machine. Others may keep locks from each other, so that parts stay a day
 * there.
 */
final class Leftovers {
  private static final Set<String> OF_ONE_MACHINE =
      Set.of(
          "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay", "apfs",
          "NTFS");
  private static final Duration UNTIL_LOCKED = Duration.ofMinutes(1); // a part is made before
  private static final Duration ELSEWHERE = Duration.ofDays(1);

  /** A byte that no part has, since on some systems others cannot read what is locked. */
  private static final long LOCKED = Long.MAX_VALUE - 1;

  private static final Set<Path> CLEARED = ConcurrentHashMap.newKeySet();
  private static final int MOST_CLEARED = 1000; // folders that are remembered

  private Leftovers() {}

  /** Says that this process writes a part, while the lock is referred to; null if it cannot be. */
  static FileLock keepFrom(FileChannel part) {
    try {
      return part.tryLock(LOCKED, 1, false);
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      // Others cannot lock it either then, or take it for another's: nobody takes it away today.
      return null;
    }
  }

  /** Takes away what is left in a folder, the first time that this process writes there. */
  static void clear(Path folder) {
    if (CLEARED.size() < MOST_CLEARED && CLEARED.add(folder)) {
      try {
        WholeFile.parts(folder).stream()
            .filter(part -> !isOwn(part))
            .forEach(Leftovers::clearUnlocked);
      } catch (IOException e) {
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
    boolean isOfOneMachine = OF_ONE_MACHINE.contains(Files.getFileStore(part).type());
    Instant latest = Instant.now().minus(isOfOneMachine ? UNTIL_LOCKED : ELSEWHERE);
    return attributes.isRegularFile() && attributes.lastModifiedTime().toInstant().isBefore(latest);
  }

  private static void clearUnlocked(Path part) {
    try {
      if (isOld(part)) {
        try (FileChannel channel =
                FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            FileLock lock = channel.tryLock(LOCKED, 1, false)) {
          if (lock != null) {
            Files.deleteIfExists(part);
          }
        }
      }
    } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
      // Gone, another's, locked in this process, or on a file system without locks: it stays.
    }
  }
}
