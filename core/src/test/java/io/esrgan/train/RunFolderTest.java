package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run may find in its folder, and what it leaves alone there. */
class RunFolderTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void paint() throws IOException {
    run = folder.resolve("run");
    byte[] samples = new byte[48 * 48 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * i);
    }
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    Images.write(
        Picture.of8Bit(48, 48, Picture.Channels.RGB, samples, Metadata.NONE),
        pictures.resolve("a.png"),
        false);
  }

  @Test
  void aRunGoesOnForMoreStepsByAnotherScheduleAndFromOtherFolders() throws IOException {
    train(Map.of("steps", "1"), false);
    Path moved = Files.move(folder.resolve("pictures"), folder.resolve("moved"));
    train(Map.of("steps", "2", "schedule.rate", "1e-5", "data.train", moved.toString()), true);
    assertThat(checkpoint(2)).exists();
  }

  @Test
  void aRecipeThatDecidesOtherWeightsIsRefusedAndNothingIsWritten() throws IOException {
    train(Map.of("steps", "1"), false);
    Map<Path, String> before = contents();
    assertThatThrownBy(
            () ->
                train(
                    Map.of("steps", "2", "network.blocks", "2", "seed", "7", "data.batch", "1"),
                    true))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s is of another recipe (data.batch was 2, is 1; network.blocks was 1, is 2; seed was"
                + " 0, is 7): repeat the run's --set options, or give another --out",
            checkpoint(1));
    for (Map.Entry<String, String> other :
        Map.of(
                "precision", "bfloat16",
                "average", "0.5",
                "data.crop", "16",
                "data.augment", "false",
                "data.sampling", "uniform",
                "data.pool", "1",
                "data.low", "shrunk",
                "loss.l1", "2",
                "optimizer.beta1", "0.8")
            .entrySet()) {
      Map<String, String> changed = Map.of("steps", "2", other.getKey(), other.getValue());
      assertThatThrownBy(() -> train(changed, true)).hasMessageContaining(other.getKey() + " was");
    }
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void aCheckpointWithoutARecipeIsHeldAgainstTheNetworkAlone() throws IOException {
    train(Map.of("steps", "1"), false);
    rewrite(checkpoint(1), Map.of("recipe", ""), "");
    assertThatThrownBy(() -> train(Map.of("steps", "2", "network.features", "16"), true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(checkpoint(1) + " does not fit the network: ");
    train(Map.of("steps", "2", "seed", "7"), true);
    rewrite(checkpoint(2), Map.of("recipe", ""), "generator.weights.conv_last.bias");
    assertThatThrownBy(() -> train(Map.of("steps", "3"), true))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(checkpoint(2) + " does not fit the network: ")
        .hasMessageContaining("conv_last.bias");
  }

  @Test
  void blocksThatTheNetworkHasNotAreNotDropped() throws IOException {
    train(Map.of("steps", "1", "network.blocks", "2"), false);
    rewrite(checkpoint(1), Map.of("recipe", ""), "");
    assertThatThrownBy(() -> train(Map.of("steps", "2"), true))
        .hasMessageContaining("body.1.")
        .hasMessageContaining("has no place in the network");
  }

  @Test
  void aCompleteRunSaysHowToGoOn() throws IOException {
    train(Map.of("steps", "2"), false);
    assertThatThrownBy(() -> train(Map.of("steps", "2"), true))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: the run is complete at step 2; raise steps (--set steps=...) to go on", run);
  }

  @Test
  void aDamagedCheckpointIsNamedWithTheOneBeforeIt() throws IOException {
    train(Map.of("steps", "2", "every.checkpoint", "1"), false);
    Files.write(checkpoint(2), new byte[100]);
    assertThatThrownBy(() -> train(Map.of("steps", "3"), true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("%s", checkpoint(2))
        .hasMessageEndingWith("delete it to resume from " + checkpoint(1));
    Files.delete(checkpoint(2));
    train(Map.of("steps", "3"), true);
    assertThat(checkpoint(3)).exists();
  }

  @Test
  void aCheckpointsStepIsTheOneInItsName() throws IOException {
    train(Map.of("steps", "1"), false);
    for (String step : new String[] {"-1", "2", "", "one"}) {
      rewrite(checkpoint(1), Map.of("step", step), "");
      assertThatThrownBy(() -> Checkpoint.read(checkpoint(1)))
          .isInstanceOf(IOException.class)
          .hasMessage("%s holds the step \"%s\", not the one in its name", checkpoint(1), step);
    }
  }

  @Test
  void checkpointsAreOrderedByNumberAndOtherFilesAreLeftAlone() throws IOException {
    for (String name :
        new String[] {
          "999999999.checkpoint.safetensors",
          "1000000000.checkpoint.safetensors",
          "000000005.checkpoint.safetensors",
          "best.checkpoint.safetensors",
          "5.checkpoint.safetensors",
          "000000009.checkpoint.safetensors.bak"
        }) {
      Files.writeString(folder.resolve(name), "");
    }
    assertThat(Checkpoint.newestFirst(folder))
        .map(file -> file.getFileName().toString())
        .containsExactly(
            "1000000000.checkpoint.safetensors",
            "999999999.checkpoint.safetensors",
            "000000005.checkpoint.safetensors");
  }

  @Test
  void digitsOfAnotherScriptChangeNoNames() throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("fa-IR"));
      train(Map.of("steps", "1"), false);
      assertThat(checkpoint(1)).exists();
      assertThat(Weights.readGenerator(run.resolve("model.safetensors")).config())
          .isEqualTo(new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false));
      train(Map.of("steps", "2"), true);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aUsersOwnFilesAreNotOverwritten() throws IOException {
    Files.createDirectories(run);
    for (String name : new String[] {"model.safetensors", "recipe.yaml", "log.csv"}) {
      Path mine = Files.writeString(run.resolve(name), "mine");
      assertThatThrownBy(() -> train(Map.of("steps", "1"), false))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(mine.toString())
          .hasMessageContaining("--out");
      assertThat(mine).hasContent("mine");
      Files.delete(mine);
    }
  }

  @Test
  void aRunThatDiedBeforeItsFirstCheckpointBeginsAgain() throws IOException {
    Map<String, String> values = Map.of("steps", "1");
    Files.createDirectories(run);
    Files.writeString(run.resolve("recipe.yaml"), recipe(values).toYaml());
    Files.writeString(run.resolve("log.csv"), "step,kind,value\n1,l1,0.5\n");
    assertThatCode(() -> train(values, false)).doesNotThrowAnyException();
    assertThat(run.resolve("log.csv")).content().doesNotContain("1,l1,0.5\n");
  }

  @Test
  void oneFolderIsForOneProcess() throws IOException {
    Recipe recipe = recipe(Map.of("steps", "1"));
    try (RunFolder held = RunFolder.unused(run, recipe)) {
      assertThatThrownBy(() -> train(Map.of("steps", "1"), false))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("another process trains in " + run);
    }
    train(Map.of("steps", "1"), false);
  }

  @Test
  void whatIsNotMeasuredIsSaid() throws IOException {
    Path set = Files.createDirectory(folder.resolve("Set2"));
    Files.copy(folder.resolve("pictures/a.png"), set.resolve("a.png"));
    Recipe recipe = recipe(Map.of("steps", "1", "data.validation", set.toString()));
    assertThat(Validation.of(recipe).orElseThrow())
        .hasToString("measured on the 1 pictures of Set2");
    Images.write(
        Picture.of8Bit(8, 8, Picture.Channels.GRAY, new byte[64], Metadata.NONE),
        set.resolve("b.png"),
        false);
    assertThat(Validation.of(recipe).orElseThrow())
        .hasToString(
            "measured on 1 of 2 pictures of Set2; the others have another number of channels");
  }

  private void train(Map<String, String> values, boolean resume) throws IOException {
    new Trainer(recipe(values), run, new TrainingListener() {}).run(resume);
  }

  private Path checkpoint(long step) {
    return run.resolve("checkpoints/00000000" + step + ".checkpoint.safetensors");
  }

  /** Every file of the run by its path, the lock aside. */
  private Map<Path, String> contents() throws IOException {
    Map<Path, String> contents = new TreeMap<>();
    try (var files = Files.walk(run)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file, Weights.sha256(file));
      }
    }
    return contents;
  }

  /** The same checkpoint with other metadata, and without one of its tensors. */
  private static void rewrite(Path file, Map<String, String> metadata, String without)
      throws IOException {
    StateDict state = Weights.read(file);
    Map<String, Weight> weights = new LinkedHashMap<>(state.weights());
    weights.remove(without);
    Map<String, String> all = new HashMap<>(state.metadata());
    all.putAll(metadata);
    Weights.write(file, StateDict.of(weights, all));
  }

  private Recipe recipe(Map<String, String> more) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data.train", folder.resolve("pictures").toString());
    values.put("data.crop", "32");
    values.put("data.batch", "2");
    values.put("network.features", "8");
    values.put("network.growth", "4");
    values.put("network.blocks", "1");
    values.put("precision", "float32");
    values.putAll(more);
    return Recipe.load("compact-psnr", values);
  }
}
