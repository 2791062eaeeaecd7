package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.train.Losses;
import io.esrgan.train.Recipe;
import io.esrgan.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells how a training run goes: a bar with the newest numbers on a terminal, a line for every
 * logged step elsewhere.
 */
final class TrainingReport implements TrainingListener, AutoCloseable {
  private static final double WEIGHT_OF_NEWEST = 0.05; // in the moving average of the speed

  /** The generator's losses as the paper's equation 3 has them, then the opponent's. */
  private static final List<String> ORDER =
      List.of(
          "l1",
          "mse",
          "charbonnier",
          "perceptual",
          "texture",
          "adversarial",
          "discriminator",
          "real",
          "fake");

  private final Console console;
  private final Path folder;
  private Recipe recipe;
  private Meter meter;
  private double secondsPerStep;
  private String measured = "";

  TrainingReport(Console console, Path folder) {
    this.console = console;
    this.folder = folder;
  }

  @Override
  public void started(Recipe started, long firstStep, String summary) {
    recipe = started;
    console.line(
        "%s: x%d, %s, %s"
            .formatted(recipe.name(), recipe.scale(), recipe.network().title(), summary));
    console.line(
        "steps %d to %d of batches of %d, HR crops of %d, %s, into %s"
            .formatted(
                firstStep,
                recipe.steps(),
                recipe.data().batch(),
                recipe.data().crop(),
                recipe.loss().entrySet().stream()
                    .map(term -> term.getKey().name().toLowerCase(ROOT) + " x " + term.getValue())
                    .collect(Collectors.joining(" + ")),
                folder));
    meter = new Meter(console, "Training", firstStep - 1, recipe.steps());
  }

  @Override
  public void stepped(long step, Losses losses, double rate, double seconds) {
    secondsPerStep =
        secondsPerStep == 0
            ? seconds
            : secondsPerStep + WEIGHT_OF_NEWEST * (seconds - secondsPerStep);
    String numbers = numbers(losses, rate);
    meter.to(step);
    meter.note(numbers + measured);
    long every = recipe.every().log();
    if (!console.isWatched() && every > 0 && (step % every == 0 || step == recipe.steps())) {
      console.line(
          "step %d/%d  %s, %s left"
              .formatted(
                  step,
                  recipe.steps(),
                  numbers,
                  Phrases.time((recipe.steps() - step) * secondsPerStep)));
    }
  }

  private String numbers(Losses losses, double rate) {
    String values =
        Stream.concat(
                ORDER.stream(),
                losses.values().keySet().stream().filter(n -> !ORDER.contains(n)).sorted())
            .filter(losses.values()::containsKey)
            .map(name -> String.format(ROOT, "%s %.4f", label(name), losses.values().get(name)))
            .collect(Collectors.joining(", "));
    return String.format(ROOT, "%s, rate %.2g, %.2f steps/s", values, rate, 1 / secondsPerStep);
  }

  private static String label(String name) {
    return name.equals("real") || name.equals("fake") ? "D(" + name + ")" : name;
  }

  @Override
  public void noted(long step, String note) {
    console.line("step %d: %s".formatted(step, note));
  }

  @Override
  public void validated(long step, double psnr, OptionalDouble niqe, double seconds) {
    measured = String.format(ROOT, ", PSNR-Y %.2f dB", psnr);
    console.line(
        String.format(
            ROOT,
            "step %d/%d  PSNR-Y %.3f dB%s on %s (%s)",
            step,
            recipe.steps(),
            psnr,
            niqe.isPresent() ? String.format(ROOT, ", NIQE %.3f", niqe.getAsDouble()) : "",
            recipe.data().validation().map(Path::toString).orElse("?"),
            Phrases.time(seconds)));
  }

  @Override
  public void close() {
    if (meter != null) {
      meter.close();
    }
  }
}
