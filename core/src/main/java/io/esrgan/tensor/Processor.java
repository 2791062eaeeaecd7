package io.esrgan.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What this machine's processor can do. */
public final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Whether the processor multiplies bfloat16 in hardware; without, bfloat16 is emulated and slower
   * than float32. Where the system does not tell (outside Linux), the answer is no.
   */
  static boolean multipliesBfloat16() {
    return has("avx512_bf16", "amx_bf16");
  }

  /**
   * How many processors this program may use, and what they call themselves: {@code 8 x AMD EPYC};
   * where the system does not tell (outside Linux), their architecture.
   */
  public static String label() {
    return String.format(
        Locale.ROOT,
        "%d x %s",
        Runtime.getRuntime().availableProcessors(),
        told("model name").orElse(System.getProperty("os.arch")));
  }

  private static boolean has(String... flags) {
    String told = " " + told("flags").orElse("") + " ";
    return Stream.of(flags).anyMatch(flag -> told.contains(" " + flag + " "));
  }

  /** What is told under this key of the first processor. */
  private static Optional<String> told(String key) {
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
