package io.esrgan.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What this process holds of the machine's memory, the JVM's heap included, as Linux tells it. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** In words: now, and at most since the process began. */
  static String describe() {
    Optional<Long> now = now();
    Optional<Long> most = most();
    return now.isPresent() && most.isPresent()
        ? "%,d MB, at most %,d MB".formatted(now.get(), most.get())
        : "unknown on this system";
  }

  /** Megabytes that it holds now, if the system tells. */
  static Optional<Long> now() {
    return megabytes("VmRSS:");
  }

  /** Megabytes that it held at most since it began. */
  static Optional<Long> most() {
    return megabytes("VmHWM:");
  }

  private static Optional<Long> megabytes(String key) {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceAll("\\D", "")) // such as "VmRSS:     52340 kB"
          .map(kilobytes -> Long.parseLong(kilobytes) / 1024)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
