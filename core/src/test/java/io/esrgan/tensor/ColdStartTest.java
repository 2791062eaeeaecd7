package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine, when the engine's libraries are not unpacked yet. */
class ColdStartTest {
  @TempDir Path cache;

  /** Runs in a JVM of its own: what fails here fails by killing it. */
  static final class FirstTensor {
    public static void main(String[] arguments) {
      if (arguments[0].equals("ahead")) {
        Engine.loadAhead();
      }
      try (Scope scope = Scope.open()) {
        System.out.println(Tensor.of(new float[] {20, 22}, 2).sum().item());
      }
      Convolutions.block(Precision.FLOAT32); // asks oneDNN
      System.out.println("searching " + System.getProperty("org.bytedeco.javacpp.loadlibraries"));
    }
  }

  @Test
  void theFirstTensorOnAnEmptyCacheDoesNotKillTheJvm() throws IOException, InterruptedException {
    assertThat(firstTensor("as JavaCPP does it")).contains("42.0", "searching null");
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void nothingIsSearchedForWhenLibrariesAreLoadedAhead() throws IOException, InterruptedException {
    assertThat(firstTensor("ahead")).contains("42.0", "searching false");
  }

  private String firstTensor(String way) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                    "-XX:ErrorFile=" + cache.resolve("crash.log"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    FirstTensor.class.getName(),
                    way))
            .redirectErrorStream(true)
            .start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
