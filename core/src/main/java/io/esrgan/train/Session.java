package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.data.BatchLoader;
import io.esrgan.data.PictureFolder;
import io.esrgan.exec.NotFiniteException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A run from where it stands to its last step, or until it is stopped: the loop.
 *
 * <p>Weights are only ever given up for those of an older checkpoint; what could not be written is
 * told, and written at the next occasion.
 */
final class Session {
  private static final double ONE_SIDED = 1e-3; // the discriminator's loss

  private final Recipe recipe;
  private final PictureFolder pictures;
  private final Optional<Validation> validation;
  private final RunFolder run;
  private final Stage stage;
  private final Chronicle chronicle;
  private final BooleanSupplier stopped;
  private final Guard guard;
  private Optional<Progress.Best> best;
  private long step; // that is done
  private long saved; // the step of the newest checkpoint
  private boolean retried; // whether nothing was saved since the run went back

  Session(
      Recipe recipe,
      PictureFolder pictures,
      Optional<Validation> validation,
      RunFolder run,
      Stage stage,
      Progress progress,
      Chronicle chronicle,
      BooleanSupplier stopped) {
    this.recipe = recipe;
    this.pictures = pictures;
    this.validation = validation;
    this.run = run;
    this.stage = stage;
    this.chronicle = chronicle;
    this.stopped = stopped;
    this.guard = new Guard(recipe.guard(), progress.guard());
    this.best = progress.best();
    this.step = progress.step();
    this.saved = step;
  }

  /**
   * Trains.
   *
   * @return steps that are done and saved
   * @throws IOException if the guard gives the run up, if pictures cannot be read, or if the last
   *     checkpoint cannot be written
   */
  long train() throws IOException {
    while (true) {
      try (BatchLoader batches = batches()) {
        while (goesOn() && !guard.isExhausted()) {
          step(batches);
        }
      }
      if (saved < step && !guard.isExhausted()) {
        save();
      }
      if (!guard.isExhausted()) {
        return step;
      }
      goBack();
    }
  }

  private boolean goesOn() {
    return step < recipe.steps() && !stopped.getAsBoolean();
  }

  private BatchLoader batches() {
    DataSection data = recipe.data();
    return new BatchLoader(
        pictures,
        recipe.batchPlan(),
        guard.state().seed(recipe.seed()),
        step * recipe.optimizer().accumulate() + 1,
        data.workers(),
        data.cacheBytes());
  }

  private void step(BatchLoader batches) throws IOException {
    long start = System.nanoTime();
    double rate = recipe.schedule().rate(step) * guard.state().rateFactor();
    Losses losses = stage.step(next(batches), rate, guard::accepts);
    step++;
    Optional<String> objection = guard.judge(losses);
    if (objection.isPresent()) {
      chronicle.note(step, objection.get() + "; skipped");
    } else {
      chronicle.stepped(step, losses, rate, since(start), due(recipe.every().log()));
    }
    if (validation.isPresent() && due(recipe.every().validate())) {
      validate(validation.get());
    }
    if (due(recipe.every().checkpoint()) && !guard.doubts()) {
      tellIfOneSided(losses);
      saveIfPossible();
    }
  }

  /** A game that the discriminator has won is not ended: it may be lost again. */
  private void tellIfOneSided(Losses losses) {
    Double opponent = losses.values().get(GanStep.OPPONENT);
    if (opponent != null && opponent < ONE_SIDED) {
      chronicle.note(
          step,
          "the discriminator tells all pictures apart (loss %.2g): it teaches the generator little"
              .formatted(opponent));
    }
  }

  private List<Batch> next(BatchLoader batches) throws IOException {
    List<Batch> next = new ArrayList<>();
    for (int i = 0; i < recipe.optimizer().accumulate(); i++) {
      next.add(batches.next());
    }
    return next;
  }

  private void validate(Validation set) {
    long start = System.nanoTime();
    try {
      Validation.Measured measured = stage.measure(set);
      chronicle.validated(step, measured, since(start));
      keepIfBest(measured.psnr());
    } catch (NotFiniteException e) {
      guard.condemn("the average of the weights gives no numbers");
    }
  }

  private void keepIfBest(double psnr) {
    if (best.isPresent() && psnr <= best.get().psnr()) {
      return;
    }
    try {
      run.writeBest(stage, step, psnr);
      best = Optional.of(new Progress.Best(step, psnr));
    } catch (IOException e) {
      chronicle.note(step, e.getMessage());
    }
  }

  private void saveIfPossible() {
    try {
      save();
    } catch (IOException e) {
      chronicle.note(
          step,
          "%s; the run could go on from step %d, and tries again later"
              .formatted(e.getMessage(), saved));
    }
  }

  /**
   * The networks come first: a run whose last checkpoint is written is complete, and a kill between
   * the two must not leave it with older networks.
   */
  private void save() throws IOException {
    Checkpoint checkpoint = stage.checkpoint(new Progress(step, guard.state(), best));
    Optional<String> broken = checkpoint.notFinite();
    if (broken.isPresent()) {
      guard.condemn(broken.get() + " is not a number");
      return;
    }
    run.writeNetworks(stage, step);
    Path file = run.write(checkpoint);
    retried = false;
    saved = step;
    chronicle.saved(step, file);
  }

  private void goBack() throws IOException {
    guard.goBack(step);
    step = run.goBack(stage, retried);
    saved = step;
    retried = true;
    chronicle.rewind(step);
    // Of the step that follows, so that it is forgotten where the run resumes from this checkpoint.
    chronicle.note(step + 1, "went back to step %d: %s".formatted(step, guard.explanation()));
  }

  /** An interval of 0 is never due; the last step always is. */
  private boolean due(long interval) {
    return step == recipe.steps() || (interval > 0 && step % interval == 0);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
