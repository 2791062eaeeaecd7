package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path folder;

  @Test
  void replacesWhatIsThereAndLeavesNothingBeside() throws IOException {
    Path target = Files.writeString(folder.resolve("größe 1.txt"), "old");
    WholeFile.replace(target, out -> out.write("new".getBytes(StandardCharsets.UTF_8)));
    assertThat(target).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("größe 1.txt");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which limits whole paths
  void aNameMayBeAsLongAsTheFileSystemTakes() throws IOException {
    Path target = folder.resolve("x".repeat(251) + ".png");
    WholeFile.create(target, out -> out.write(1));
    assertThat(target).exists();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeOrADeviceIsNotReplaced() throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> WholeFile.replace(pipe, "text"))
        .hasMessageContaining("pipe is a device or a pipe");
    assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther()).isTrue();
    assertThat(folder.toFile().list()).containsExactly("pipe");
  }

  @Test
  void aFailureWhileWritingLeavesTheOldFile() throws IOException {
    Path target = Files.writeString(folder.resolve("kept.txt"), "old");
    assertThatThrownBy(
            () ->
                WholeFile.replace(
                    target,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }))
        .hasMessage("cannot write %s: No space left on device", target);
    assertThat(target).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("kept.txt");
  }

  @Test
  void createRefusesAnExistingFile() throws IOException {
    Path target = Files.writeString(folder.resolve("kept.txt"), "old");
    assertThatThrownBy(() -> WholeFile.create(target, out -> out.write(1)))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("old");
  }

  @Test
  void createRefusesAFileThatAppearsMeanwhile() {
    Path target = folder.resolve("race.txt");
    assertThatThrownBy(() -> WholeFile.create(target, out -> Files.writeString(target, "other")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("other");
    assertThat(folder.toFile().list()).containsExactly("race.txt");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path target = folder.resolve("nowhere/file.txt");
    assertThatThrownBy(() -> WholeFile.replace(target, out -> out.write(1)))
        .hasMessageContaining("the folder " + target.getParent() + " does not exist");
  }
}
