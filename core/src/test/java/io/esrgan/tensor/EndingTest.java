package io.esrgan.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end while it computes. */
@DisabledOnOs(OS.WINDOWS)
class EndingTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir Path folder;

  /** Convolves, forwards and backwards, until it is stopped. */
  static final class Endless {
    public static void main(String[] arguments) {
      try (Scope scope = Scope.open()) {
        Tensor weight = Tensor.full(0.01, Precision.FLOAT32, Device.CPU, 32, 32, 3, 3);
        weight.requireGradient(Tensor.zeros(Precision.FLOAT32, Device.CPU, 32, 32, 3, 3));
        Tensor x = Tensor.full(1, Precision.FLOAT32, Device.CPU, 1, 32, 64, 64);
        System.out.println("computing");
        while (true) {
          try (Scope step = Scope.open()) {
            x.convolve(weight, null, 1, 1).mean().backward();
          }
        }
      }
    }
  }

  @RepeatedTest(3)
  void endsWithoutACrash() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:ErrorFile=" + folder.resolve("crash.log"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Endless.class.getName()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.equals("computing")) {
        line = lines.readLine();
      }
      Thread.sleep(200);
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(TERMINATED);
    assertThat(folder.resolve("crash.log")).doesNotExist();
  }
}
