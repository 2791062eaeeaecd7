package io.esrgan.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void entriesComeInTheOrderOfTheirNames() throws IOException {
    Path b = Files.createFile(folder.resolve("b"));
    Path a = Files.createDirectory(folder.resolve("a"));
    assertThat(Folders.entries(folder)).containsExactly(a, b);
  }

  @Test
  void theReasonOfAFailureIsItsOwn() throws IOException {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Folders.entries(none))
        .hasMessage("cannot list the folder %s: it does not exist", none);
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Folders.entries(file))
        .hasMessage("cannot list the folder %s: it is a file", file);
    assertThat(Folders.unlisted(none, new AccessDeniedException("none")))
        .hasMessage("cannot list the folder %s: no permission to read it", none);
    assertThat(Folders.unlisted(none, new FileSystemException("none", null, "Stale file handle")))
        .hasMessage("cannot list the folder %s: Stale file handle", none);
  }
}
