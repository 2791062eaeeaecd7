package io.esrgan.bench;

import io.esrgan.tensor.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;

/** What the numbers were taken on, without which they mean little. */
final class Machine {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final String UNKNOWN = "unknown";

  private Machine() {}

  static MarkdownTable facts() {
    Runtime runtime = Runtime.getRuntime();
    return new MarkdownTable("machine", "value")
        .row("processor", cpuinfo("model name"))
        .row(
            "cores",
            "%d, engine threads %d".formatted(runtime.availableProcessors(), Engine.threads()))
        .row("vector and matrix units", precisionFlags())
        .row("load before the run", loadAverage())
        .row(
            "system",
            property("os.name") + " " + property("os.version") + " " + property("os.arch"))
        .row("JVM", property("java.vm.name") + " " + property("java.runtime.version"))
        .row("engine", Engine.version() + ", kernels " + torch.get_cpu_capability().getString())
        .row("peer", "ONNX Runtime " + OnnxInference.version());
  }

  private static String precisionFlags() {
    List<String> flags = List.of(cpuinfo("flags").split(" ", -1));
    String found =
        Stream.of("avx2", "fma", "avx512f", "avx512_bf16", "avx512_fp16", "amx_bf16")
            .filter(flags::contains)
            .collect(Collectors.joining(" "));
    return found.isEmpty() ? UNKNOWN : found;
  }

  private static String loadAverage() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? UNKNOWN : String.format(Locale.ROOT, "%.1f", load);
  }

  private static String cpuinfo(String key) {
    try (Stream<String> lines = Files.lines(CPUINFO)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN);
    } catch (IOException e) {
      return UNKNOWN;
    }
  }

  private static String property(String key) {
    return System.getProperty(key, UNKNOWN);
  }
}
