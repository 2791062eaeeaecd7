package io.esrgan.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this machine's processor can do. */
final class Processor {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  private Processor() {}

  /**
   * Whether the processor multiplies bfloat16 in hardware; without, bfloat16 is emulated and slower
   * than float32. Where the system does not tell (outside Linux), the answer is no.
   */
  static boolean multipliesBfloat16() {
    return has("avx512_bf16", "amx_bf16");
  }

  private static boolean has(String... flags) {
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      String line = lines.filter(l -> l.startsWith("flags")).findFirst().orElse("") + " ";
      return Stream.of(flags).anyMatch(flag -> line.contains(" " + flag + " "));
    } catch (IOException e) {
      return false;
    }
  }
}
