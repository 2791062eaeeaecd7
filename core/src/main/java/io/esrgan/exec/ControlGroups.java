package io.esrgan.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux's control groups leave to this process, by which Linux kills: those of version 1 and
 * 2, with every group that a group is nested in.
 */
final class ControlGroups {
  private ControlGroups() {}

  /**
   * Bytes that can still be taken; {@link Long#MAX_VALUE} without limits.
   *
   * @param membership such as /proc/self/cgroup
   * @param mount such as /sys/fs/cgroup
   */
  static long available(Path membership, Path mount) {
    List<String> lines;
    try {
      lines = Files.readAllLines(membership);
    } catch (IOException e) {
      return Long.MAX_VALUE; // not Linux
    }
    long least = Long.MAX_VALUE;
    for (String line : lines) { // number:controllers:/path, without controllers in version 2
      String[] parts = line.split(":", 3);
      if (parts.length < 3) {
        continue;
      }
      if (parts[1].isEmpty()) {
        least = Math.min(least, left(mount, parts[2], "memory.max", "memory.current"));
      } else if (List.of(parts[1].split(",")).contains("memory")) {
        least =
            Math.min(
                least,
                left(
                    mount.resolve("memory"),
                    parts[2],
                    "memory.limit_in_bytes",
                    "memory.usage_in_bytes"));
      }
    }
    return least;
  }

  /** The least over a group and those around it; a container may see itself as the root. */
  private static long left(Path root, String path, String limit, String use) {
    long least = Long.MAX_VALUE;
    for (Path group = root.resolve(path.replaceFirst("^/+", "")).normalize();
        group != null && group.startsWith(root);
        group = group.getParent()) {
      long most = number(group.resolve(limit));
      if (most > 0) {
        // Read files are counted as used, and given up when memory is wanted.
        long used = number(group.resolve(use)) - cached(group.resolve("memory.stat"));
        least = Math.min(least, Math.max(0, most - Math.max(0, used)));
      }
    }
    return least;
  }

  private static long cached(Path statistics) {
    try {
      return Files.readAllLines(statistics).stream()
          .filter(line -> line.matches("inactive_file \\d{1,18}"))
          .mapToLong(line -> Long.parseLong(line.substring("inactive_file ".length())))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** What a file says; 0 where it is no number, or as large as none can be. */
  private static long number(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
