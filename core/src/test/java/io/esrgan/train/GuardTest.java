package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of runs that go wrong. */
class GuardTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void prepare() throws IOException {
    TinyRun.prepare(folder);
    run = folder.resolve("run");
  }

  private static Losses losses(double l1) {
    return new Losses(Map.of("l1", l1), Map.of("generator", 1.0));
  }

  @Test
  void whatIsNotANumberIsNamed() {
    Guard guard = new Guard(GuardSection.USUAL, Guard.State.FRESH);
    Losses bad =
        new Losses(Map.of("l1", 0.1, "perceptual", Double.NaN), Map.of("generator", 1.0 / 0));
    assertThat(guard.accepts(bad)).isFalse();
    assertThat(guard.judge(bad))
        .contains("the loss is not a number (generator's gradient Infinity, perceptual NaN)");
    assertThat(guard.doubts()).isTrue();
    assertThat(guard.judge(losses(0.1))).isEmpty();
    assertThat(guard.doubts()).isFalse();
  }

  @Test
  void aGeneratorThatWasGoodMayNotTurnBlackButAYoungOneMay() {
    Guard young = new Guard(GuardSection.USUAL, Guard.State.FRESH);
    for (double black : new double[] {0.5, 0.45, 0.4, 0.3, 0.2}) {
      assertThat(young.judge(losses(black))).isEmpty();
    }
    Guard grown = new Guard(GuardSection.USUAL, new Guard.State(0, 0, 0.03));
    assertThat(grown.judge(losses(0.1))).isEmpty();
    assertThat(grown.judge(losses(0.2)))
        .contains("the generator has collapsed (l1 0.200, where it was 0.031)");
    Guard blind = new Guard(new GuardSection(10, 3, 0), new Guard.State(0, 0, 0.03));
    assertThat(blind.judge(losses(0.9))).isEmpty();
  }

  @Test
  void eachRollBackHalvesTheRateAndDrawsOtherBatches() throws IOException {
    Guard guard = new Guard(new GuardSection(2, 2, 0), Guard.State.FRESH);
    assertThat(guard.state().seed(7)).isEqualTo(7);
    for (double factor : new double[] {0.5, 0.25}) {
      guard.judge(losses(Double.NaN));
      assertThat(guard.isExhausted()).isFalse();
      guard.judge(losses(Double.NaN));
      assertThat(guard.isExhausted()).isTrue();
      guard.goBack(2);
      assertThat(guard.isExhausted()).isFalse();
      assertThat(guard.state().rateFactor()).isEqualTo(factor);
      assertThat(guard.state().seed(7)).isNotEqualTo(7);
    }
    guard.judge(losses(Double.NaN));
    assertThatThrownBy(() -> guard.goBack(2))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "step 2: the loss is not a number (l1 NaN), after going back 2 times");
  }

  @Test
  void aRunThatBlowsUpSkipsGoesBackAndGivesUpWithItsCheckpointsWhole() throws IOException {
    Recipe recipe = TinyRun.psnr(folder, 60, Map.of("schedule.rate", "1e36", "guard.skips", "3"));
    TinyRun.Notes notes = new TinyRun.Notes();
    assertThatThrownBy(() -> new Trainer(recipe, run, notes).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("after going back 3 times")
        .hasMessageContaining("lower schedule.rate");
    assertThat(notes.lines.get(0)).matches("step \\d+: the loss is not a number \\(.*\\); skipped");
    assertThat(notes.lines)
        .anyMatch(line -> line.contains("the rate is halved from now on (1 of 3 times)"))
        .anyMatch(line -> line.contains("the rate is halved from now on (3 of 3 times)"));
    for (Path file : Checkpoint.newestFirst(run.resolve("checkpoints"))) {
      assertThat(Checkpoint.read(file).notFinite()).isEmpty();
    }
    assertThat(notes.lines.stream().filter(line -> line.contains("went back to step 0")).count())
        .isPositive();
  }

  @Test
  void aRunThatWentBackEndsInTheSameBitsAsOneThatWasStoppedInBetween() throws IOException {
    poisonAt(5, folder.resolve("whole"));
    poisonAt(5, run);
    Recipe recipe = TinyRun.psnr(folder, 12, Map.of("guard.skips", "3"));
    TinyRun.Notes told = TinyRun.train(recipe, folder.resolve("whole"), true);
    assertThat(told.lines)
        .hasSize(3)
        .last()
        .asString()
        .matches(
            "step 1: went back to step 0: the loss is not a number \\(.*\\); the rate is halved"
                + " from now on \\(1 of 3 times\\)");
    stopAtSkip(recipe);
    TinyRun.train(recipe, run, true);
    assertThat(TinyRun.checkpoint(run, 12))
        .hasSameBinaryContentAs(TinyRun.checkpoint(folder.resolve("whole"), 12));
    assertThat(run.resolve("log.csv"))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve("log.csv"));
    Checkpoint end = Checkpoint.read(TinyRun.checkpoint(run, 12));
    assertThat(end.progress().guard().rollbacks()).isEqualTo(1);
    assertThat(end.updates().generator()).isEqualTo(12);
  }

  /** Trains to a step, and makes a weight there too large to compute with. */
  private void poisonAt(long step, Path where) throws IOException {
    TinyRun.train(TinyRun.psnr(folder, step, Map.of("every.checkpoint", "100")), where, false);
    Path file = TinyRun.checkpoint(where, step);
    StateDict state = Weights.read(file);
    Map<String, Weight> weights = new LinkedHashMap<>(state.weights());
    for (String name : List.of("conv_first.weight", "conv_last.weight")) {
      String key = "generator.weights." + name;
      float[] values = weights.get(key).floats();
      Arrays.fill(values, 3e38f);
      weights.put(key, Weight.of(values, weights.get(key).shape()));
    }
    Map<String, String> metadata = new HashMap<>(state.metadata());
    metadata.put("guard.bad", "1"); // no checkpoint that a run may go back to
    Weights.write(file, StateDict.of(weights, metadata));
    Files.deleteIfExists(where.resolve("log.csv"));
  }

  private void stopAtSkip(Recipe recipe) throws IOException {
    Trainer[] trainer = new Trainer[1];
    trainer[0] =
        new Trainer(
            recipe,
            run,
            new TrainingListener() {
              @Override
              public void noted(long step, String note) {
                trainer[0].stop();
              }
            });
    assertThat(trainer[0].run(true)).isEqualTo(6);
    assertThat(Checkpoint.read(TinyRun.checkpoint(run, 6)).isGood()).isFalse();
  }

  @Test
  void weightsThatAreNoNumbersBeginNoRun() throws IOException {
    Recipe recipe = TinyRun.psnr(folder, 1, Map.of());
    TinyRun.train(recipe, run, false);
    StateDict model = Weights.read(run.resolve("model.safetensors"));
    Map<String, Weight> weights = new LinkedHashMap<>(model.weights());
    weights.put("conv_last.bias", Weight.of(new float[] {0, Float.NaN, 0}, 3));
    Path broken = folder.resolve("broken.safetensors");
    Weights.write(broken, StateDict.of(weights));
    assertThatThrownBy(
            () ->
                TinyRun.train(
                    TinyRun.psnr(folder, 1, Map.of("start", broken.toString())),
                    folder.resolve("other"),
                    false))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the weights to begin from are damaged: generator.weights.conv_last.bias is not a"
                + " number");
  }
}
