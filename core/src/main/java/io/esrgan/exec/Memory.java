package io.esrgan.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How much memory there is to plan with. */
public final class Memory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path CGROUP_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path CGROUP_USE = Path.of("/sys/fs/cgroup/memory.current");

  private Memory() {}

  /** Half of what is free now, at least 256 MB. */
  public static long defaultBudget() {
    return Math.max(256L << 20, available() / 2);
  }

  /**
   * Bytes that can be taken without pushing anybody out: of the machine, or of the container if
   * that is less.
   */
  public static long available() {
    long machine = machineAvailable();
    long container = number(CGROUP_LIMIT) - number(CGROUP_USE);
    return number(CGROUP_LIMIT) > 0 ? Math.min(machine, Math.max(0, container)) : machine;
  }

  private static long machineAvailable() {
    try (Stream<String> lines = Files.lines(MEMINFO)) {
      List<String> found = lines.filter(line -> line.startsWith("MemAvailable:")).toList();
      if (!found.isEmpty()) {
        return Long.parseLong(found.get(0).replaceAll("\\D", "")) * 1024;
      }
    } catch (IOException | NumberFormatException e) {
      // Not Linux: the next best answer.
    }
    return Runtime.getRuntime().maxMemory();
  }

  private static long number(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
