package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
  @TempDir Path folder;

  @Test
  void goesOnAtTheEndAndHandsOverEveryPieceAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "a");
    try (GrowingFile growing = GrowingFile.open(file)) {
      growing.add(new byte[] {'b'});
      assertThat(file).hasContent("ab");
      growing.add(new byte[] {'c', 'd'});
      assertThat(file).hasContent("abcd");
    }
  }

  @Test
  void aFullDiskIsOneLineThatNamesTheFile() throws IOException {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "a device that is always full");
    try (GrowingFile growing = GrowingFile.open(full)) {
      assertThatThrownBy(() -> growing.add(new byte[10]))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot write /dev/full: No space left on device");
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsNamed() {
    assertThatThrownBy(() -> GrowingFile.open(folder.resolve("none/log")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot write " + folder.resolve("none/log"));
  }
}
