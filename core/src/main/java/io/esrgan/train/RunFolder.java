package io.esrgan.train;

import io.esrgan.file.LockFile;
import io.esrgan.file.WholeFile;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The folder of a run, held for this process alone while it is open. What stands there is never
 * overwritten unless it is of the same run.
 */
final class RunFolder implements AutoCloseable {
  private static final int CHECKPOINTS_KEPT = 3;
  private static final String MODEL = "model.safetensors";
  private static final String DISCRIMINATOR = "discriminator.safetensors";

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
    requireAbsent(folder.resolve(MODEL));
    requireAbsent(folder.resolve(DISCRIMINATOR));
    Path written = folder.resolve("recipe.yaml");
    boolean same =
        Files.isRegularFile(written)
            && Arrays.equals(Files.readAllBytes(written), bytes(recipe.toYaml()));
    if (!same) {
      requireAbsent(written);
      requireAbsent(folder.resolve("log.csv"));
    }
  }

  private static void requireAbsent(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          file + " is not of this run and would be overwritten: move it, or give another --out");
    }
  }

  /** Brings back the newest checkpoint; returns the steps that are done. Writes nothing. */
  long resume(Stage stage, Recipe recipe) throws IOException {
    List<Path> saved = Checkpoint.newestFirst(checkpoints(folder));
    Path newest = saved.get(0);
    Checkpoint checkpoint = read(newest, saved.subList(1, saved.size()));
    SameRun.require(checkpoint.recipe(), newest, recipe);
    if (checkpoint.step() >= recipe.steps()) {
      throw new IOException(
          "%s: the run is complete at step %d; raise steps (--set steps=...) to go on"
              .formatted(folder, checkpoint.step()));
    }
    try {
      stage.restore(checkpoint);
    } catch (NoSuchElementException | IllegalArgumentException e) {
      throw new IOException(newest + " does not fit the network: " + e.getMessage(), e);
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

  /** Writes down what is trained, and makes room for checkpoints. */
  void writeRecipe(Recipe recipe) throws IOException {
    Files.createDirectories(checkpoints(folder));
    WholeFile.replace(folder.resolve("recipe.yaml"), out -> out.write(bytes(recipe.toYaml())));
  }

  /** Writes a checkpoint and the networks beside it; returns the checkpoint. */
  Path save(Stage stage, long done) throws IOException {
    Path written = stage.checkpoint(done).write(checkpoints(folder), CHECKPOINTS_KEPT);
    Weights.write(folder.resolve(MODEL), stage.model(done));
    Optional<StateDict> discriminator = stage.discriminator(done);
    if (discriminator.isPresent()) {
      Weights.write(folder.resolve(DISCRIMINATOR), discriminator.get());
    }
    return written;
  }

  /** Opens the log of a run of which {@code done} steps are kept. */
  TrainingLog openLog(long done) throws IOException {
    return TrainingLog.open(folder.resolve("log.csv"), done);
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
