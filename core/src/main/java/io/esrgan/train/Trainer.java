package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.data.BatchLoader;
import io.esrgan.data.PictureFolder;
import io.esrgan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trains what a recipe says, into a run folder.
 *
 * <pre>
 * recipe.yaml                               the recipe, resolved
 * log.csv                                   losses, rate and measurements by step
 * checkpoints/STEP.checkpoint.safetensors   the newest few: all that a run needs to go on
 * model.safetensors                         the generator of the newest checkpoint, ready to use
 * discriminator.safetensors                 its opponent, after a GAN stage
 * </pre>
 *
 * <p>Trains on the calling thread; pictures are decoded on others.
 */
public final class Trainer {
  private final Recipe recipe;
  private final Path folder;
  private final TrainingListener listener;

  /** A run of {@code recipe} that lives in {@code folder}. */
  public Trainer(Recipe recipe, Path folder, TrainingListener listener) {
    this.recipe = recipe;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Trains to the recipe's last step.
   *
   * @param resume whether to go on from the folder's newest checkpoint
   * @throws IOException if the folder already holds a run or files of another and {@code resume} is
   *     false; if it holds no run, a complete one, or one whose recipe differs in what decides the
   *     weights, and it is true; if another process trains there; if pictures or weights cannot be
   *     read; if a checkpoint cannot be written
   */
  public void run(boolean resume) throws IOException {
    try (RunFolder run = resume ? RunFolder.ofRun(folder) : RunFolder.unused(folder, recipe)) {
      train(run, resume);
    }
  }

  private void train(RunFolder run, boolean resume) throws IOException {
    PictureFolder pictures = recipe.data().pictures(recipe.scale());
    Optional<Validation> validation = Validation.of(recipe);
    try (Scope scope = Scope.open()) {
      Stage stage = new Stage(recipe);
      long done = 0;
      if (resume) {
        done = run.resume(stage, recipe);
      } else {
        stage.begin();
      }
      run.writeRecipe(recipe);
      try (TrainingLog log = run.openLog(done);
          BatchLoader batches = batches(pictures, done * recipe.optimizer().accumulate() + 1)) {
        listener.started(recipe, done + 1, summary(stage, pictures, validation));
        loop(run, stage, batches, validation, log, done);
      }
    }
  }

  private static String summary(
      Stage stage, PictureFolder pictures, Optional<Validation> validation) {
    String measured = validation.map(set -> "; " + set).orElse("");
    return stage.describe() + ", on " + pictures + measured;
  }

  private BatchLoader batches(PictureFolder pictures, long first) {
    Recipe.Data data = recipe.data();
    return new BatchLoader(
        pictures, recipe.batchPlan(), recipe.seed(), first, data.workers(), data.cacheBytes());
  }

  private void loop(
      RunFolder run,
      Stage stage,
      BatchLoader batches,
      Optional<Validation> validation,
      TrainingLog log,
      long done)
      throws IOException {
    Recipe.Every every = recipe.every();
    for (long step = done + 1; step <= recipe.steps(); step++) {
      long start = System.nanoTime();
      double rate = recipe.schedule().rate(step - 1);
      Losses losses = stage.step(next(batches), rate);
      if (!losses.areFinite()) {
        throw new IOException(
            "step %d: the loss is no longer a number (%s); resume from the last checkpoint with a lower schedule.rate"
                .formatted(step, losses.values()));
      }
      boolean last = step == recipe.steps();
      listener.stepped(step, losses, rate, (System.nanoTime() - start) / 1e9);
      if (due(step, every.log()) || last) {
        log.step(step, losses, rate);
      }
      if (validation.isPresent() && (due(step, every.validate()) || last)) {
        long before = System.nanoTime();
        double psnr = stage.measure(validation.get());
        log.psnr(step, psnr);
        listener.validated(step, psnr, (System.nanoTime() - before) / 1e9);
      }
      if (due(step, every.checkpoint()) || last) {
        listener.saved(step, run.save(stage, step));
      }
    }
  }

  private List<Batch> next(BatchLoader batches) throws IOException {
    List<Batch> next = new ArrayList<>();
    for (int i = 0; i < recipe.optimizer().accumulate(); i++) {
      next.add(batches.next());
    }
    return next;
  }

  /** An interval of 0 is never due. */
  private static boolean due(long step, long interval) {
    return interval > 0 && step % interval == 0;
  }
}
