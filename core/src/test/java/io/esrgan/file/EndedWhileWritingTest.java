package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is ended in the middle of writing a file. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be asked to end there")
class EndedWhileWritingTest {
  @TempDir Path folder;
  private Path target;

  /** Runs in a JVM of its own: says when half the file is written, and never finishes. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      WholeFile.replace(
          Path.of(arguments[0]),
          out -> {
            out.write(new byte[1 << 20]);
            System.out.write('\n');
            System.out.flush();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.writeString(folder.resolve("kept.png"), "old");
  }

  private Process writing() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                target.toString())
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    return process;
  }

  @Test
  void ctrlCLeavesTheOldFileAndNothingBeside() throws IOException, InterruptedException {
    Process process = writing();
    process.destroy();
    process.waitFor();
    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("kept.png");
  }

  @Test
  void aKillLeavesTheOldFileAndAHiddenRest() throws IOException, InterruptedException {
    Process process = writing();
    process.destroyForcibly();
    process.waitFor();
    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list())
        .allMatch(name -> name.equals("kept.png") || name.matches("\\.esrgan-[0-9a-f]{16}\\.part"));
  }
}
