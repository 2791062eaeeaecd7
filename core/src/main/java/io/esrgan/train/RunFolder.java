package io.esrgan.train;

import io.esrgan.file.LockFile;
import io.esrgan.file.WholeFile;
import io.esrgan.report.RunJournal;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The folder of a run, held for this process alone while it is open. What stands there is never
 * overwritten unless it is of the same run.
 */
final class RunFolder implements AutoCloseable {
  private static final int CHECKPOINTS_KEPT = 3;
  private static final String MODEL = Trainer.MODEL;
  private static final String DISCRIMINATOR = "discriminator.safetensors";
  private static final String BEST = Trainer.BEST;
  private static final String RECIPE = Trainer.RECIPE;

  private final Path folder;
  private final LockFile lock;

  private RunFolder(Path folder) throws IOException {
    this.folder = folder;
    this.lock = lock(folder);
  }

  /**
   * Takes a folder for a new run, and makes it if it is not there.
   *
   * @throws IOException if there is a run, or a file that this run would overwrite; one that died
   *     before its first checkpoint may begin again
   */
  static RunFolder unused(Path folder, Recipe recipe) throws IOException {
    Files.createDirectories(folder);
    RunFolder run = new RunFolder(folder);
    try {
      run.requireUnused(recipe);
      return run;
    } catch (IOException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  /**
   * Takes the folder of a run that is to go on.
   *
   * @throws IOException if there is no checkpoint
   */
  static RunFolder ofRun(Path folder) throws IOException {
    if (Checkpoint.newestFirst(checkpoints(folder)).isEmpty()) {
      throw new IOException(folder + " holds no checkpoint to resume from");
    }
    return new RunFolder(folder);
  }

  /** The step of the newest checkpoint in a folder, if there is one. */
  static OptionalLong saved(Path folder) throws IOException {
    return Checkpoint.newestFirst(checkpoints(folder)).stream()
        .mapToLong(Checkpoint::stepOf)
        .findFirst();
  }

  private static LockFile lock(Path folder) throws IOException {
    Optional<LockFile> lock;
    try {
      lock = LockFile.take(folder.resolve(".lock"));
    } catch (IOException e) {
      throw new IOException("cannot lock %s: %s".formatted(folder, e.getMessage()), e);
    }
    return lock.orElseThrow(
        () ->
            new IOException(
                "another process trains in %s: wait for it, or give another --out"
                    .formatted(folder)));
  }

  private void requireUnused(Recipe recipe) throws IOException {
    if (!Checkpoint.newestFirst(checkpoints(folder)).isEmpty()) {
      throw new IOException(
          folder + " already holds a run: go on with it by --resume, or give another --out");
    }
    for (String name : List.of(MODEL, DISCRIMINATOR, BEST)) {
      requireAbsent(folder.resolve(name));
    }
    Path written = folder.resolve(RECIPE);
    boolean same =
        Files.isRegularFile(written)
            && Arrays.equals(Files.readAllBytes(written), bytes(recipe.toYaml()));
    if (!same) {
      requireAbsent(written);
      for (String name : RunJournal.names()) {
        requireAbsent(folder.resolve(name));
      }
    }
  }

  private static void requireAbsent(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          file + " is not of this run and would be overwritten: move it, or give another --out");
    }
  }

  /**
   * The newest checkpoint. Writes nothing.
   *
   * @throws IOException if it cannot be read, is of another run than the recipe's, or complete
   */
  Checkpoint newest(Recipe recipe) throws IOException {
    List<Path> saved = Checkpoint.newestFirst(checkpoints(folder));
    Path newest = saved.get(0);
    Checkpoint checkpoint = read(newest, saved.subList(1, saved.size()));
    SameRun.require(checkpoint.recipe(), newest, recipe);
    if (checkpoint.step() >= recipe.steps()) {
      throw new IOException(
          "%s: the run is complete at step %d; raise steps (--set steps=...) to go on"
              .formatted(folder, checkpoint.step()));
    }
    return checkpoint;
  }

  /** Brings back the newest checkpoint into a stage that was made for it. Writes nothing. */
  void restore(Stage stage, Checkpoint checkpoint) throws IOException {
    Path file = Checkpoint.newestFirst(checkpoints(folder)).get(0);
    stage.machine().requirePrecisionOf(checkpoint.machine(), file);
    restore(stage, checkpoint, file);
  }

  private static void restore(Stage stage, Checkpoint checkpoint, Path file) throws IOException {
    try {
      stage.restore(checkpoint);
    } catch (NoSuchElementException | IllegalArgumentException e) {
      throw new IOException(file + " does not fit the network: " + e.getMessage(), e);
    }
  }

  /**
   * Goes back to the newest good checkpoint, and deletes those after it; returns its step.
   *
   * @param further whether it was tried already and led nowhere, so that the one before it, if it
   *     is there, is to be tried instead
   */
  long goBack(Stage stage, boolean further) throws IOException {
    List<Path> saved = new ArrayList<>(Checkpoint.newestFirst(checkpoints(folder)));
    List<Path> given = new ArrayList<>(); // up
    boolean pass = further && saved.size() > 1;
    Checkpoint checkpoint = Checkpoint.read(saved.get(0));
    while (saved.size() > 1 && (pass || !checkpoint.isGood())) {
      given.add(saved.remove(0));
      checkpoint = Checkpoint.read(saved.get(0));
      pass = false;
    }
    restore(stage, checkpoint, saved.get(0));
    for (Path file : given) {
      Files.delete(file);
    }
    return checkpoint.step();
  }

  private static Checkpoint read(Path newest, List<Path> older) throws IOException {
    try {
      return Checkpoint.read(newest);
    } catch (IOException e) {
      if (older.isEmpty()) {
        throw e;
      }
      throw new IOException(
          "%s; if it is damaged, delete it to resume from %s"
              .formatted(e.getMessage(), older.get(0)),
          e);
    }
  }

  /** Writes down what is trained, makes room for checkpoints, and clears up after a kill. */
  void prepare(Recipe recipe) throws IOException {
    Files.createDirectories(checkpoints(folder));
    WholeFile.sweep(folder);
    WholeFile.sweep(checkpoints(folder));
    WholeFile.replace(folder.resolve(RECIPE), recipe.toYaml());
  }

  /** Writes a checkpoint; returns its file. */
  Path write(Checkpoint checkpoint) throws IOException {
    return checkpoint.write(checkpoints(folder), CHECKPOINTS_KEPT);
  }

  /** Writes the networks, ready to be used. */
  void writeNetworks(Stage stage, long done) throws IOException {
    Weights.write(folder.resolve(MODEL), stage.model(done, Map.of()));
    Optional<StateDict> discriminator = stage.discriminator(done);
    if (discriminator.isPresent()) {
      Weights.write(folder.resolve(DISCRIMINATOR), discriminator.get());
    }
  }

  /** Writes the generator that measured best so far. */
  void writeBest(Stage stage, long done, double psnr) throws IOException {
    Weights.write(folder.resolve(BEST), stage.model(done, Map.of("psnr-y", Double.toString(psnr))));
  }

  /** Opens the journal of a run of which {@code done} steps are kept. */
  RunJournal openJournal(Recipe recipe, long done) throws IOException {
    return RunJournal.open(folder, recipe.name(), recipe.toYaml(), done, recipe.steps());
  }

  private static Path checkpoints(Path folder) {
    return folder.resolve("checkpoints");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
