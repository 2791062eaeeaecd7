package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that cannot be written, as on a full disk: here, a file is where a folder was. */
class UnwritableTest {
  @TempDir Path folder;
  private Path run;
  private Path checkpoints;
  private Path aside;

  @BeforeEach
  void prepare() throws IOException {
    TinyRun.prepare(folder);
    run = folder.resolve("run");
    checkpoints = run.resolve("checkpoints");
    aside = run.resolve("aside");
  }

  @Test
  void theRunGoesOnAndWritesTheNext() throws IOException {
    List<String> notes = train(20, 6, 11);
    assertThat(notes).hasSize(1).first().asString().startsWith("cannot write ");
    assertThat(notes.get(0)).contains("could go on from step 5");
    assertThat(TinyRun.checkpoint(run, 5)).exists();
    assertThat(TinyRun.checkpoint(run, 10)).doesNotExist();
    assertThat(Checkpoint.read(TinyRun.checkpoint(run, 20)).updates().generator()).isEqualTo(20);
  }

  @Test
  void aRunWhoseEndIsLostFailsAndGoesOnFromItsLastGoodCheckpoint() throws IOException {
    assertThatThrownBy(() -> train(12, 6, 100))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot write ");
    Files.delete(checkpoints);
    Files.move(aside, checkpoints);
    Recipe recipe = TinyRun.psnr(folder, 12, Map.of());
    TinyRun.train(recipe, run, true);
    TinyRun.train(recipe, folder.resolve("whole"), false);
    assertThat(TinyRun.checkpoint(run, 12))
        .hasSameBinaryContentAs(TinyRun.checkpoint(folder.resolve("whole"), 12));
  }

  @Test
  void theBestModelIsTriedAgain() throws IOException {
    Files.createDirectories(run);
    Recipe recipe = TinyRun.psnr(folder, 20, Map.of("every.validate", "5"));
    Path best = run.resolve("best.safetensors");
    TrainingListener blocker =
        new TrainingListener() {
          @Override
          public void stepped(long step, Losses losses, double rate, double seconds) {
            try {
              if (step == 1) {
                Files.createDirectory(best);
              } else if (step == 7) {
                Files.delete(best);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    Trainer trainer = new Trainer(recipe, run, blocker);
    trainer.useThreads(1);
    trainer.run(false);
    assertThat(Weights.readGenerator(best).config().measures()).startsWith("nf 8,");
  }

  /**
   * What the run tells; its checkpoints cannot be written after a step, and again after another.
   */
  private List<String> train(long steps, long from, long until) throws IOException {
    List<String> notes = new ArrayList<>();
    TrainingListener blocker =
        new TrainingListener() {
          @Override
          public void stepped(long step, Losses losses, double rate, double seconds) {
            try {
              if (step == from) {
                Files.move(checkpoints, aside);
                Files.createFile(checkpoints);
              } else if (step == until) {
                Files.delete(checkpoints);
                Files.move(aside, checkpoints);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }

          @Override
          public void noted(long step, String note) {
            notes.add(note);
          }
        };
    Trainer trainer = new Trainer(TinyRun.psnr(folder, steps, Map.of()), run, blocker);
    trainer.useThreads(1);
    trainer.run(false);
    return notes;
  }
}
