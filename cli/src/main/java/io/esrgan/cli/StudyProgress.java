package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.study.Result;
import io.esrgan.study.StudyListener;
import io.esrgan.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells how a study goes: of each training what {@code train} tells, of each row its numbers. */
final class StudyProgress implements StudyListener, AutoCloseable {
  private final Console console;
  private TrainingReport training;

  StudyProgress(Console console) {
    this.console = console;
  }

  @Override
  public TrainingListener trains(String title, Path folder) {
    training = new TrainingReport(console, folder);
    return training;
  }

  @Override
  public void trained() {
    close();
  }

  @Override
  public void keeps(String title, Path folder) {
    console.line("%s: complete already, in %s".formatted(title, folder));
  }

  @Override
  public void measured(String row, List<Result> results) {
    for (Result result : results) {
      if (result.method().equals(row)) {
        console.line("%s on %s: %s".formatted(row, result.set(), numbers(result)));
      }
    }
  }

  private static String numbers(Result result) {
    return IntStream.range(0, result.measures().size())
        .mapToObj(
            i -> String.format(ROOT, "%s %.3f", result.measures().get(i).name(), result.mean(i)))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    if (training != null) {
      training.close();
      training = null;
    }
  }
}
