package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import io.esrgan.train.Recipe;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void makePictures() throws IOException {
    run = folder.resolve("run");
    Samples.picture(folder.resolve("photos/one.png"), 40, 40, Channels.RGB);
  }

  private CommandRun train(int steps, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "compact-psnr", "--out", run));
    for (String value :
        List.of(
            "data.train=" + folder.resolve("photos"),
            "network.features=4",
            "network.growth=4",
            "network.blocks=1",
            "data.crop=16",
            "data.batch=2",
            "schedule.warmup=0",
            "every.log=2",
            "every.checkpoint=2",
            "every.validate=0",
            "steps=" + steps)) {
      arguments.addAll(List.of("--set", value));
    }
    arguments.addAll(Arrays.asList(more));
    return CommandRun.of(arguments.toArray());
  }

  @Test
  void aRunLeavesAModelAndTellsHowItGoes() throws IOException {
    CommandRun trained = train(4).succeeds();
    assertThat(Weights.readGenerator(run.resolve("model.safetensors")).config().measures())
        .contains("nf 4");
    assertThat(trained.out())
        .contains(
            "compact-psnr: x4, RRDBNet nf 4, gc 4, nb 1", "step 2/4  l1 0.", "step 4/4", "steps/s")
        .contains("done: the model is " + run.resolve("model.safetensors"));
  }

  @Test
  void aRunIsNotOverwrittenButResumed() {
    train(2).succeeds();
    CommandRun again = train(4).fails(ExitCode.FAILED);
    assertThat(again.err()).contains("--resume");
    CommandRun resumed = train(4, "--resume").succeeds();
    assertThat(resumed.out()).contains("steps 3 to 4", "step 4/4").doesNotContain("step 2/4");
  }

  @Test
  void thereMustBeSomethingToResume() {
    assertThat(train(2, "--resume").fails(ExitCode.FAILED).err()).contains("no checkpoint");
  }

  @Test
  void threadsAreAtLeastOne() {
    assertThat(train(1, "--threads", "0").fails(ExitCode.WRONG_USAGE).err())
        .contains("--threads 0: give 1 or more");
    assertThat(train(1, "--threads", "1").succeeds().out()).contains("(threads: 1)");
  }

  @Test
  void builtInRecipesAreListed() {
    assertThat(CommandRun.of("train", "--list").succeeds().out().lines())
        .containsExactlyElementsOf(Recipe.builtIn());
  }

  @Test
  void aRecipeIsShownWithItsOverrides() {
    CommandRun shown =
        CommandRun.of("train", "compact-psnr", "--set", "data.train=x", "--set", "seed=9", "--show")
            .succeeds();
    assertThat(shown.out()).contains("seed: 9", "compact-psnr", "beta1: 0.9");
  }

  @Test
  void mistakesInARecipeAreNamed() {
    CommandRun wrong = CommandRun.of("train", "compact-psnr", "--set", "data.bacth=8");
    assertThat(wrong.fails(ExitCode.WRONG_USAGE).err()).contains("data.bacth", "batch");
    assertThat(CommandRun.of("train", "compact-psn").fails(ExitCode.WRONG_USAGE).err())
        .contains("did you mean compact-psnr");
    assertThat(CommandRun.of("train", "compact-psnr").fails(ExitCode.WRONG_USAGE).err())
        .contains("data.train");
  }
}
