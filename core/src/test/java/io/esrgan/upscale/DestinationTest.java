package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.upscale.Destination.Folder;
import io.esrgan.upscale.Destination.OneFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"large.png", "new/large.JPG", "./a b.tiff", ".hidden.bmp"})
  void whatEndsLikeAPictureIsAFile(String name) {
    assertThat(Destination.of(name)).isEqualTo(new OneFile(Path.of(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"results", "results/", "large.png/", "v1.2/", ".", "..", "/"})
  void whatEndsInASlashOrHasNoEndingIsAFolder(String name) {
    assertThat(Destination.of(name)).isEqualTo(new Folder(Path.of(name)));
  }

  @Test
  void aFolderThatExistsIsOneWhateverItsName() throws IOException {
    Path named = Files.createDirectory(folder.resolve("pictures.png"));
    assertThat(Destination.of(named.toString())).isEqualTo(new Folder(named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"large.webp", "large.gif", "results.v2", "notes.txt"})
  void otherEndingsAreRefused(String name) {
    assertThatThrownBy(() -> Destination.of(name))
        .isInstanceOf(OutputPlanException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(".png");
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Destination.of(file + "/")).hasMessageContaining("is a file");
    assertThatThrownBy(() -> Destination.of(file.toString())).hasMessageContaining("no format");
  }
}
