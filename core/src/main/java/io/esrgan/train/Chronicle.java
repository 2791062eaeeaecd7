package io.esrgan.train;

import io.esrgan.report.RunJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells what a run does, to the journal in its folder and to whoever listens. A journal that cannot
 * be written, as on a full disk, ends no run: the listener is told, once for all failures in a row.
 */
final class Chronicle implements AutoCloseable {
  private final RunJournal journal;
  private final TrainingListener listener;
  private boolean failing;

  Chronicle(RunJournal journal, TrainingListener listener) {
    this.journal = journal;
    this.listener = listener;
  }

  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private void write(long step, Writing writing) {
    try {
      writing.write();
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        listener.noted(step, e.getMessage() + "; the journal has a gap");
      }
      failing = true;
    }
  }

  /**
   * A step that changed the weights.
   *
   * @param logged whether its numbers are written down
   */
  void stepped(long step, Losses losses, double rate, double seconds, boolean logged) {
    listener.stepped(step, losses, rate, seconds);
    write(
        step,
        () -> {
          if (logged) {
            journal.scalars(step, numbers(losses, rate));
          } else {
            journal.reached(step);
          }
        });
  }

  private static Map<String, Double> numbers(Losses losses, double rate) {
    Map<String, Double> numbers = new TreeMap<>(losses.values());
    losses
        .gradientNorms()
        .forEach((network, norm) -> numbers.put(network + "-gradient-norm", norm));
    numbers.put("rate", rate);
    return numbers;
  }

  void validated(long step, Validation.Measured measured, double seconds) {
    listener.validated(step, measured.psnr(), measured.niqe(), seconds);
    Map<String, Double> numbers = new TreeMap<>(Map.of("psnr-y", measured.psnr()));
    measured.niqe().ifPresent(niqe -> numbers.put("niqe", niqe));
    write(step, () -> journal.scalars(step, numbers));
    write(step, () -> journal.pictures(step, measured.samples()));
  }

  void saved(long step, Path checkpoint) {
    listener.saved(step, checkpoint);
  }

  void note(long step, String text) {
    listener.noted(step, text);
    write(step, () -> journal.note(step, text));
  }

  /** Forgets what was told of later steps. */
  void rewind(long done) {
    write(done, () -> journal.rewind(done));
  }

  void finished(long step) {
    write(step, journal::finished);
  }

  @Override
  public void close() {
    write(0, journal::close);
  }
}
