package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.TestData;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
  @TempDir Path folder;

  @BeforeEach
  void paint() throws IOException {
    Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Images.write(waves(64, 48 + 16 * i, i + 1), folder.resolve("pictures/" + i + ".png"), false);
    }
  }

  @Test
  void theLossFallsAndTheModelCanBeReadBack() throws IOException {
    List<Double> losses = new ArrayList<>();
    List<Double> psnr = new ArrayList<>();
    Path run = folder.resolve("run");
    new Trainer(
            recipe(150, Map.of("data.validation", folder.resolve("pictures").toString())),
            run,
            new TrainingListener() {
              @Override
              public void stepped(long step, Losses loss, double rate, double seconds) {
                losses.add(loss.values().get("l1"));
              }

              @Override
              public void validated(long step, double value, OptionalDouble niqe, double seconds) {
                psnr.add(value);
              }
            })
        .run(false);
    assertThat(losses).hasSize(150);
    assertThat(mean(losses.subList(140, 150))).isLessThan(0.6 * mean(losses.subList(0, 10)));
    assertThat(psnr).hasSize(15);
    assertThat(psnr.get(14)).isGreaterThan(psnr.get(0));
    assertThat(Weights.readGenerator(run.resolve("model.safetensors")).config().measures())
        .startsWith("nf 8,");
    assertThat(run.resolve("recipe.yaml")).content().contains("features: 8");
    assertThat(run.resolve("log.csv")).content().contains("\n150,psnr-y,");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "bfloat16"})
  void stoppingAndResumingGivesTheSameWeightsToTheLastBit(String precision) throws IOException {
    Recipe recipe = recipe(25, Map.of("precision", precision));
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    new Trainer(recipe, whole, new TrainingListener() {}).run(false);
    interruptAfter(17, recipe, parts);
    new Trainer(recipe, parts, new TrainingListener() {}).run(true);
    assertThat(parts.resolve("model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(parts.resolve("log.csv")).hasSameTextualContentAs(whole.resolve("log.csv"));
  }

  /** Stops in the middle, as a crash would: seven steps after the last checkpoint. */
  private void interruptAfter(long last, Recipe recipe, Path run) {
    TrainingListener crash =
        new TrainingListener() {
          @Override
          public void stepped(long step, Losses loss, double rate, double seconds) {
            if (step == last) {
              throw new IllegalStateException("pulled the plug");
            }
          }
        };
    assertThatThrownBy(() -> new Trainer(recipe, run, crash).run(false))
        .hasMessage("pulled the plug");
  }

  @Test
  void aFolderThatHoldsARunIsNotOverwritten() throws IOException {
    Path run = folder.resolve("run");
    new Trainer(recipe(1, Map.of()), run, new TrainingListener() {}).run(false);
    assertThatThrownBy(
            () -> new Trainer(recipe(1, Map.of()), run, new TrainingListener() {}).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--resume");
    assertThatThrownBy(
            () ->
                new Trainer(recipe(1, Map.of()), folder.resolve("none"), new TrainingListener() {})
                    .run(true))
        .hasMessageContaining("no checkpoint");
  }

  @Test
  void onlyTheNewestCheckpointsAreKept() throws IOException {
    Path run = folder.resolve("run");
    new Trainer(recipe(50, Map.of()), run, new TrainingListener() {}).run(false);
    assertThat(run.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder(
            "000000030.checkpoint.safetensors",
            "000000040.checkpoint.safetensors",
            "000000050.checkpoint.safetensors");
  }

  @Test
  void trainingStartsFromAFileOfTheSameMeasuresOnly() throws IOException {
    Path first = folder.resolve("first");
    new Trainer(recipe(1, Map.of()), first, new TrainingListener() {}).run(false);
    String start = first.resolve("model.safetensors").toString();
    new Trainer(
            recipe(1, Map.of("start", start)), folder.resolve("child"), new TrainingListener() {})
        .run(false);
    Recipe wider = recipe(1, Map.of("start", start, "network.features", "16"));
    assertThatThrownBy(
            () -> new Trainer(wider, folder.resolve("wider"), new TrainingListener() {}).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("features=8")
        .hasMessageContaining("features=16");
  }

  @Test
  void naturalnessIsMeasuredWhereItsParametersAreHere() throws IOException {
    Path parameters = TestData.folder().resolve("weights/niqe_pris_params.npz");
    Path assets = Files.createDirectories(folder.resolve("assets"));
    Path large = Files.createDirectories(folder.resolve("large"));
    Images.write(waves(200, 210, 3), large.resolve("waves.png"), false);
    String before = System.getProperty("esrgan.assets");
    System.setProperty("esrgan.assets", assets.toString());
    try {
      Recipe recipe = recipe(1, Map.of("data.validation", large.toString()));
      new Trainer(recipe, folder.resolve("without"), new TrainingListener() {}).run(false);
      assertThat(folder.resolve("without/log.csv")).content().doesNotContain("niqe");
      Files.copy(parameters, assets.resolve("niqe_pris_params.npz"));
      new Trainer(recipe, folder.resolve("with"), new TrainingListener() {}).run(false);
      assertThat(folder.resolve("with/log.csv")).content().contains("\n1,niqe,");
    } finally {
      if (before == null) {
        System.clearProperty("esrgan.assets");
      } else {
        System.setProperty("esrgan.assets", before);
      }
    }
  }

  private Recipe recipe(long steps, Map<String, String> more) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data.train", folder.resolve("pictures").toString());
    values.put("data.crop", "32");
    values.put("data.batch", "2");
    values.put("network.features", "8");
    values.put("network.growth", "4");
    values.put("network.blocks", "1");
    values.put("network.initialisation", "basicsr");
    values.put("schedule.rate", "2e-3");
    values.put("schedule.warmup", "5");
    values.put("average", "0.5");
    values.put("precision", "float32");
    values.put("steps", Long.toString(steps));
    values.put("every.validate", "10");
    values.put("every.checkpoint", "10");
    values.put("every.log", "1");
    values.putAll(more);
    return Recipe.load("compact-psnr", values);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }

  private static Picture waves(int width, int height, int period) {
    byte[] samples = new byte[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      samples[i] = (byte) (128 + 100 * Math.sin((x + 2 * y + 20 * (i % 3)) / (3.0 * period)));
    }
    return Picture.of8Bit(width, height, Picture.Channels.RGB, samples, Metadata.NONE);
  }
}
