package io.esrgan.upscale;

import io.esrgan.image.Images;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where results go. */
public sealed interface Destination {

  /** Beside each input, under a name of its own. */
  record Beside() implements Destination {}

  /** Into one folder, which is made if it is missing. */
  record Folder(Path folder) implements Destination {}

  /** One result, under exactly this name. */
  record OneFile(Path file) implements Destination {}

  /**
   * What people mean by a name. A folder is what is one already, what ends in a slash, and what is
   * not there yet and has no ending; a file is what ends like a format that can be written.
   *
   * @throws OutputPlanException if it is neither
   */
  static Destination of(String name) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new OutputPlanException("\"%s\" is no path: %s".formatted(name, e.getReason()));
    }
    if (name.isEmpty() || path.getFileName() == null || Files.isDirectory(path)) {
      return new Folder(path);
    }
    if (name.endsWith("/") || name.endsWith(path.getFileSystem().getSeparator())) {
      if (Files.exists(path)) {
        throw new OutputPlanException(name + " is a file, so no results can be put into it");
      }
      return new Folder(path);
    }
    Filename parts = Filename.of(path);
    if (Images.writableEndings().contains(parts.lowerCaseEnding())) {
      return new OneFile(path);
    }
    if (parts.ending().isEmpty() && !Files.exists(path)) {
      return new Folder(path);
    }
    throw new OutputPlanException(
        "%s says no format that can be written; end it in .%s, or in a slash if it is a folder"
            .formatted(name, String.join(", .", Images.writableEndings())));
  }
}
