package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
  void whatAKillLeavesBehindIsTakenAwayLater() throws IOException, InterruptedException {
    Process process = writing();
    process.destroyForcibly();
    process.waitFor();
    assertThat(target).hasContent("old");
    Path part = onlyPart();
    Files.setLastModifiedTime(part, daysAgo());
    Path fresh = Files.writeString(folder.resolve(".esrgan-0123456789abcdef.part"), "");
    WholeFile.replace(folder.resolve("other.png"), "other");
    assertThat(part).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void whatIsStillBeingWrittenStays() throws IOException {
    Process process = writing();
    try {
      Path part = onlyPart();
      Files.setLastModifiedTime(part, daysAgo());
      WholeFile.replace(folder.resolve("other.png"), "other");
      assertThat(part).exists();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void ownPartsAndWhatOnlyHasTheirNameStay() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "kept");
    Files.setLastModifiedTime(outside, daysAgo());
    Path inside = Files.createDirectory(folder.resolve("inside"));
    Path link = Files.createSymbolicLink(inside.resolve(".esrgan-0123456789abcdef.part"), outside);
    Path named = Files.createDirectory(inside.resolve(".esrgan-0123456789abcdee.part"));
    try (UnfinishedFile first = UnfinishedFile.open(inside.resolve("a"), false)) {
      first.out().write(1);
      first.commit();
    }
    assertThat(link).exists();
    assertThat(named).exists();
    assertThat(outside).hasContent("kept");
    assertThat(inside.resolve("a")).hasSize(1);
  }

  private static FileTime daysAgo() {
    return FileTime.from(Instant.now().minus(Duration.ofDays(2)));
  }

  private Path onlyPart() throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> parts =
          files
              .filter(file -> file.toString().matches(".*/\\.esrgan-[0-9a-f]{16}\\.part"))
              .toList();
      assertThat(parts).hasSize(1);
      return parts.get(0);
    }
  }
}
