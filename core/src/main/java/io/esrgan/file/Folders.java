package io.esrgan.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Lists folders. */
public final class Folders {
  private Folders() {}

  /**
   * What is directly in a folder, in the order of the names.
   *
   * @throws IOException if the folder cannot be listed to its end, with one line that says why
   */
  public static List<Path> entries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (UncheckedIOException e) { // a disk or a network that fails half-way
      throw unlisted(folder, e.getCause());
    } catch (IOException e) {
      throw unlisted(folder, e);
    }
  }

  static IOException unlisted(Path folder, IOException e) {
    String why =
        e instanceof AccessDeniedException
            ? "no permission to read it"
            : e instanceof NoSuchFileException
                ? "it does not exist"
                : e instanceof NotDirectoryException ? "it is a file" : WholeFile.reason(e);
    return new IOException("cannot list the folder %s: %s".formatted(folder, why), e);
  }
}
