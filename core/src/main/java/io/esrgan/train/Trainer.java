package io.esrgan.train;

import io.esrgan.data.PictureFolder;
import io.esrgan.tensor.Engine;
import io.esrgan.tensor.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Trains what a recipe says, into a run folder.
 *
 * <pre>
 * recipe.yaml                               the recipe, resolved
 * run.html, log.csv, ...                    what it measured and what happened: see RunJournal
 * checkpoints/STEP.checkpoint.safetensors   the newest few: all that a run needs to go on
 * model.safetensors                         the generator of the newest checkpoint, ready to use
 * best.safetensors                          the generator whose measured PSNR was highest so far
 * discriminator.safetensors                 its opponent, after a GAN stage
 * </pre>
 *
 * <p>PSNR measures likeness to the original, not naturalness: what is best by it in a GAN stage is
 * the most cautious generator of that stage.
 *
 * <p>Trains on the calling thread; pictures are decoded on others. Only {@link #stop} may be called
 * by another thread. A run that goes on uses as many threads for an operation as it began with, as
 * long as {@link #useThreads} does not say otherwise; so it ends with the same weights, to the last
 * bit, as one that was never stopped.
 */
public final class Trainer {
  /** The trained network's name in a run's folder. */
  public static final String MODEL = "model.safetensors";

  /** The name of the network that measured best on the way. */
  public static final String BEST = "best.safetensors";

  /** The name of what it was trained by. */
  public static final String RECIPE = "recipe.yaml";

  private final Recipe recipe;
  private final Path folder;
  private final TrainingListener listener;
  private OptionalInt threads = OptionalInt.empty();
  private volatile boolean stopped;

  /** A run of {@code recipe} that lives in {@code folder}. */
  public Trainer(Recipe recipe, Path folder, TrainingListener listener) {
    this.recipe = recipe;
    this.folder = folder;
    this.listener = listener;
  }

  /** Says how many threads compute one operation. */
  public void useThreads(int count) {
    threads = OptionalInt.of(count);
  }

  /**
   * Asks the run to end: the step that is being computed is finished, and a checkpoint is written.
   * Returns at once.
   */
  public void stop() {
    stopped = true;
  }

  /** Steps that are done and saved in the folder; nothing where no run has begun. */
  public OptionalLong saved() throws IOException {
    return RunFolder.saved(folder);
  }

  /**
   * Trains to the recipe's last step, or until it is stopped.
   *
   * @param resume whether to go on from the folder's newest checkpoint
   * @return steps that are done: the recipe's, unless it was stopped
   * @throws IOException if the folder already holds a run or files of another and {@code resume} is
   *     false; if it holds no run, a complete one, or one whose recipe differs in what decides the
   *     weights, and it is true; if another process trains there; if pictures or weights cannot be
   *     read; if the first or the last checkpoint cannot be written; if the guard gives the run up
   */
  public long run(boolean resume) throws IOException {
    try (RunFolder run = resume ? RunFolder.ofRun(folder) : RunFolder.unused(folder, recipe)) {
      Optional<Checkpoint> newest = resume ? Optional.of(run.newest(recipe)) : Optional.empty();
      int before = Engine.threads();
      Engine.threads(threads.orElse(newest.map(it -> it.machine().threads()).orElse(before)));
      try {
        return train(run, newest);
      } finally {
        Engine.threads(before);
      }
    }
  }

  private long train(RunFolder run, Optional<Checkpoint> newest) throws IOException {
    PictureFolder pictures = recipe.data().pictures(recipe.scale());
    Optional<Validation> validation = Validation.of(recipe);
    try (Scope scope = Scope.open()) {
      Stage stage = new Stage(recipe);
      Progress progress = newest.map(Checkpoint::progress).orElse(Progress.START);
      if (newest.isPresent()) {
        run.restore(stage, newest.get());
        run.prepare(recipe);
      } else {
        begin(run, stage);
      }
      try (Chronicle chronicle =
          new Chronicle(run.openJournal(recipe, progress.step()), listener)) {
        listener.started(recipe, progress.step() + 1, summary(stage, pictures, validation));
        tellWhatToExpect(chronicle, stage, newest);
        long done =
            new Session(
                    recipe, pictures, validation, run, stage, progress, chronicle, () -> stopped)
                .train();
        if (done == recipe.steps()) {
          chronicle.finished(done);
        }
        return done;
      }
    }
  }

  /** The first weights are a checkpoint too: the one to go back to until there is another. */
  private void begin(RunFolder run, Stage stage) throws IOException {
    stage.begin();
    Checkpoint first = stage.checkpoint(Progress.START);
    Optional<String> broken = first.notFinite();
    if (broken.isPresent()) {
      throw new IOException(
          "the weights to begin from are damaged: %s is not a number".formatted(broken.get()));
    }
    run.prepare(recipe);
    run.write(first);
  }

  private void tellWhatToExpect(Chronicle chronicle, Stage stage, Optional<Checkpoint> newest) {
    if (newest.isPresent()) {
      stage
          .machine()
          .difference(newest.get().machine())
          .ifPresent(difference -> chronicle.note(newest.get().step(), difference));
    } else if (recipe.gan().isPresent() && recipe.start().isEmpty()) {
      chronicle.note(
          0,
          "a GAN stage from nothing seldom comes to anything: name the weights of a"
              + " PSNR-oriented stage by --set start=FILE");
    }
  }

  private String summary(Stage stage, PictureFolder pictures, Optional<Validation> validation) {
    String start = recipe.start().map(file -> ", begun from " + file).orElse("");
    String measured = validation.map(set -> "; " + set).orElse("");
    return "%s (threads: %d)%s, on %s%s"
        .formatted(stage.describe(), Engine.threads(), start, pictures, measured);
  }
}
