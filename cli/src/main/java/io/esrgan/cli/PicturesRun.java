package io.esrgan.cli;

import io.esrgan.image.Images;
import io.esrgan.report.Table;
import io.esrgan.study.PictureScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Measures single pictures one after the other, and goes on where one fails. */
final class PicturesRun {
  private final Console console;
  private final PictureScores scores;
  private int failed;

  PicturesRun(Console console, PictureScores scores) {
    this.console = console;
    this.scores = scores;
  }

  /** Measures pictures, and those directly in folders; one that is named twice once. */
  void all(List<Path> inputs) {
    Set<Path> pictures = new LinkedHashSet<>();
    inputs.forEach(input -> pictures.addAll(picturesOf(input)));
    try (Meter meter = new Meter(console, "Measuring", 0, pictures.size())) {
      for (Path picture : pictures) {
        meter.note(String.valueOf(picture.getFileName()));
        one(picture);
        meter.step();
      }
    }
  }

  private List<Path> picturesOf(Path input) {
    if (!Files.isDirectory(input)) {
      return List.of(input);
    }
    try {
      List<Path> pictures = Images.in(input);
      if (pictures.isEmpty()) {
        throw new IOException("there are no pictures in the folder " + input);
      }
      return pictures;
    } catch (IOException e) {
      fail(Failures.message(e), e);
      return List.of();
    }
  }

  private void fail(String message, Throwable problem) {
    failed++;
    console.error(message, problem);
  }

  private void one(Path picture) {
    try {
      scores.add(picture.toString(), Images.read(picture));
    } catch (IOException e) {
      fail(Failures.message(e), e);
    } catch (IllegalArgumentException | OutOfMemoryError e) {
      fail("cannot measure %s: %s".formatted(picture, Failures.message(e)), e);
    }
  }

  /** The exit code, now that all are done. */
  int exitCode() {
    return ExitCode.of(scores.size(), failed);
  }

  /** What was measured; without a row if nothing could be. */
  Table table() {
    return scores.table();
  }
}
