package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine, when the engine's libraries are not unpacked yet. */
class ColdStartTest {
  @TempDir Path cache;

  /** Runs in a JVM of its own: what fails here fails by killing it. */
  static final class FirstTensor {
    public static void main(String[] arguments) {
      if (arguments.length > 0) {
        Engine.loadAhead();
      }
      try (Scope scope = Scope.open()) {
        System.out.println(Tensor.of(new float[] {20, 22}, 2).sum().item());
      }
      System.out.println("search " + System.getProperty("org.bytedeco.javacpp.loadlibraries"));
      System.out.println("blocks of " + Convolutions.block(Precision.FLOAT32)); // asks oneDNN
    }
  }

  @Test
  void theFirstTensorOnAnEmptyCacheDoesNotKillTheJvm() throws IOException, InterruptedException {
    assertThat(firstTensor(0)).contains("42.0", "search null", "blocks of");
  }

  @Test
  void nothingIsSearchedForIfLibrariesAreLoadedAheadNorIfTheyAreDamaged()
      throws IOException, InterruptedException {
    assumeThat(NativeLibraries.areKnown()).isTrue();
    assertThat(firstTensor(0, "ahead")).contains("42.0", "search false", "blocks of");
    spoil("libjnidnnl.so");
    assertThat(firstTensor(1, "ahead")).contains("42.0", "search null", "UnsatisfiedLinkError");
  }

  /** JavaCPP takes a file for the right one by its size and its date. */
  private void spoil(String library) throws IOException {
    try (Stream<Path> all = Files.walk(cache)) {
      Path file = all.filter(it -> it.endsWith(library)).findFirst().orElseThrow();
      FileTime date = Files.getLastModifiedTime(file);
      Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
      Files.setLastModifiedTime(file, date);
    }
  }

  private String firstTensor(int code, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-XX:ErrorFile=" + cache.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                FirstTensor.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(code);
    return output;
  }
}
