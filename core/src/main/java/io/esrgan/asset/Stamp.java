package io.esrgan.asset;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a file was looked through: its SHA-256, and the size and time that it had then. While it has
 * these, it is not looked through again, which for VGG19 takes seconds.
 *
 * <p>Written beside the file as {@code FILE.sha256}, in the form that {@code sha256sum -c} reads.
 */
record Stamp(String sha256, long size, String modified) {
  private static final Pattern FORM =
      Pattern.compile("([0-9a-f]{64})  \\S+\\R# ([0-9]{1,18}) bytes, modified (\\S+)\\R");

  /** Of a file whose SHA-256 was just taken. */
  static Stamp of(String sha256, Path file) throws IOException {
    return new Stamp(sha256, Files.size(file), Files.getLastModifiedTime(file).toString());
  }

  /** The stamp of a file, if it has one that can be read. */
  static Optional<Stamp> read(Path file) {
    try {
      Matcher matcher = FORM.matcher(Files.readString(beside(file)));
      return matcher.matches()
          ? Optional.of(
              new Stamp(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the file is looked through again
    }
  }

  void write(Path file) throws IOException {
    String text =
        "%s  %s%n# %d bytes, modified %s%n".formatted(sha256, file.getFileName(), size, modified);
    WholeFile.replace(beside(file), text);
  }

  /** Whether a file is as it was then. */
  boolean fits(Path file) throws IOException {
    return equals(of(sha256, file));
  }

  static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }
}
