package io.esrgan.exec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much memory there is to plan with. */
public final class Memory {
  private static final Path MEMINFO = Path.of("/proc/meminfo");
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)([bkmgt]?)(?:i?b)?");

  private Memory() {}

  /**
   * The bytes that a size means as people write it: {@code 512m}, {@code 1.5g}, {@code 2GB}. Units
   * are powers of 1024; without one it is bytes.
   *
   * @throws IllegalArgumentException if it is no size from a megabyte to a petabyte
   */
  public static long parse(String size) {
    Matcher parts = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no size; write a number with a unit, such as 512m or 2g".formatted(size));
    }
    int power = Math.max(0, "bkmgt".indexOf(parts.group(2)));
    double bytes = Double.parseDouble(parts.group(1)) * (1L << (10 * power));
    if (bytes < 1 << 20 || bytes > 1L << 50) {
      throw new IllegalArgumentException(
          "\"%s\" is not between a megabyte and a petabyte; write a size such as 512m or 2g"
              .formatted(size));
    }
    return (long) bytes;
  }

  /** Half of what is free now, at least 256 MB. */
  public static long defaultBudget() {
    return Math.max(256L << 20, available() / 2);
  }

  /**
   * Bytes that can be taken without pushing anybody out: of the machine, or of the container if
   * that is less.
   */
  public static long available() {
    return Math.min(
        machineAvailable(), ControlGroups.available(Path.of("/proc/self/cgroup"), CGROUPS));
  }

  /** Bytes of memory that this process holds now; what the heap holds where that is not told. */
  public static long resident() {
    Runtime runtime = Runtime.getRuntime();
    return told(STATUS, "VmRSS:").orElseGet(() -> runtime.totalMemory() - runtime.freeMemory());
  }

  private static long machineAvailable() {
    return told(MEMINFO, "MemAvailable:").orElseGet(() -> Runtime.getRuntime().maxMemory());
  }

  /** A line of a file of Linux's, in bytes; empty where there is no such file. */
  private static OptionalLong told(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
