package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.tensor.Engine;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is stopped and goes on, against one that is not. */
class ResumeTest {
  @TempDir Path folder;
  private Path whole;
  private Path parts;

  @BeforeEach
  void prepare() throws IOException {
    TinyRun.prepare(folder);
    whole = folder.resolve("whole");
    parts = folder.resolve("parts");
  }

  @ParameterizedTest
  @CsvSource({"1, vgg, 0.9", "1, unet, 0", "2, vgg, 0.9"})
  void aGanStageInTwoPartsEndsInTheSameBits(int threads, String judge, String average)
      throws IOException {
    holdsInParts(14, 9, threads, Map.of("discriminator.type", judge, "average", average));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @Tag("slow")
  void aHundredStepsEqualSixtyAndForty(int threads) throws IOException {
    holdsInParts(100, 60, threads, Map.of());
  }

  @Test
  void gradientsOfSeveralBatchesSurviveAStop() throws IOException {
    holdsInParts(6, 4, 1, Map.of("optimizer.accumulate", "2", "optimizer.clip", "0.1"));
  }

  @Test
  void theLossesOfOtherSystemsSurviveAStop() throws IOException {
    Map<String, String> losses = new HashMap<>();
    losses.put("loss.l1", "");
    losses.put("loss.mse", "1");
    losses.put("perceptual.taps", "[relu2_1]");
    losses.put("perceptual.criterion", "mse");
    losses.put("perceptual.divisor", "12.75");
    losses.put("loss.texture", "1e-3");
    losses.put("texture.network", folder.resolve("features.safetensors").toString());
    losses.put("texture.taps", "[relu1_1, relu2_1]");
    losses.put("texture.unit-mean", "true");
    losses.put("adversarial.type", "standard");
    losses.put("adversarial.form", "");
    holdsInParts(6, 4, 1, losses);
    assertThat(whole.resolve("log.csv")).content().contains("\n6,texture,", "\n6,mse,");
  }

  @Test
  void aDiscriminatorThatWaitedSurvivesAStop() throws IOException {
    Map<String, String> balanced = new HashMap<>();
    balanced.put("adversarial.type", "standard");
    balanced.put("adversarial.form", "");
    balanced.put("adversarial.learns-below", "0.6");
    balanced.put("discriminator.rate-factor", "5");
    holdsInParts(14, 9, 1, balanced);
    Updates half = Checkpoint.read(TinyRun.checkpoint(parts, 9)).updates();
    assertThat(half.generator()).isEqualTo(9);
    assertThat(half.discriminator()).isBetween(1L, 8L);
    long learned = Checkpoint.read(TinyRun.checkpoint(parts, 14)).updates().discriminator();
    assertThat(whole.resolve("log.csv"))
        .content()
        .contains(String.format(Locale.ROOT, "\n14,discriminator-steps,%.8g\n", learned / 14.0));
  }

  private void holdsInParts(long steps, long first, int threads, Map<String, String> more)
      throws IOException {
    Recipe recipe = TinyRun.gan(folder, steps, more);
    Trainer inOneGo = new Trainer(recipe, whole, new TrainingListener() {});
    inOneGo.useThreads(threads);
    assertThat(inOneGo.run(false)).isEqualTo(steps);

    assertThat(stoppedAfter(first, recipe, threads)).isEqualTo(first);
    TinyRun.Notes notes = TinyRun.train(recipe, parts, true);
    assertThat(notes.lines).noneMatch(line -> line.contains("last bit"));
    for (String file :
        new String[] {
          TinyRun.checkpoint(Path.of(""), steps).toString(),
          "model.safetensors",
          "discriminator.safetensors",
          "best.safetensors",
          "log.csv"
        }) {
      assertThat(parts.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(Checkpoint.read(TinyRun.checkpoint(parts, steps)).machine().threads())
        .isEqualTo(threads);
  }

  private long stoppedAfter(long last, Recipe recipe, int threads) throws IOException {
    Trainer[] trainer = new Trainer[1];
    trainer[0] =
        new Trainer(
            recipe,
            parts,
            new TrainingListener() {
              @Override
              public void stepped(long step, Losses losses, double rate, double seconds) {
                if (step == last) {
                  trainer[0].stop();
                }
              }
            });
    trainer[0].useThreads(threads);
    return trainer[0].run(false);
  }

  @Test
  void threadsAreThoseOfTheCheckpointUnlessOthersAreWanted() throws IOException {
    int before = Engine.threads();
    Recipe recipe = TinyRun.psnr(folder, 3, Map.of());
    assertThat(stoppedAfter(1, recipe, 3)).isEqualTo(1);
    Trainer trainer = new Trainer(recipe, parts, new TrainingListener() {});
    trainer.run(true);
    assertThat(Checkpoint.read(TinyRun.checkpoint(parts, 3)).machine().threads()).isEqualTo(3);
    assertThat(Engine.threads()).isEqualTo(before);

    TinyRun.Notes notes = new TinyRun.Notes();
    Trainer other = new Trainer(TinyRun.psnr(folder, 4, Map.of()), parts, notes);
    other.useThreads(1);
    other.run(true);
    assertThat(notes.lines)
        .containsExactly(
            "step 3: begun with 3 threads, goes on with 1: not the same to the last bit");
  }

  @Test
  void precisionIsComparedAsItWasResolved() throws IOException {
    String here = Recipe.Precision.AUTO.on(io.esrgan.tensor.Device.best()).label();
    String other = here.equals("float32") ? "bfloat16" : "float32";
    TinyRun.train(TinyRun.psnr(folder, 1, Map.of("precision", "auto")), parts, false);
    TinyRun.train(TinyRun.psnr(folder, 2, Map.of("precision", here)), parts, true);
    StateDict state = Weights.read(TinyRun.checkpoint(parts, 2));
    Map<String, String> metadata = new HashMap<>(state.metadata());
    metadata.put("machine.precision", other);
    Weights.write(TinyRun.checkpoint(parts, 2), state.withMetadata(metadata));
    assertThatThrownBy(
            () -> TinyRun.train(TinyRun.psnr(folder, 3, Map.of("precision", "auto")), parts, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("precision was %s, is %s here", other, here)
        .hasMessageContaining("--set precision=" + other);
  }

  @Test
  void theBestMeasurementIsKeptAndOutlastsAStop() throws IOException {
    Map<String, String> often = Map.of("every.validate", "1", "schedule.rate", "2e-2");
    Recipe recipe = TinyRun.psnr(folder, 20, often);
    Map<Long, Double> measured = new HashMap<>();
    new Trainer(
            recipe,
            whole,
            new TrainingListener() {
              @Override
              public void validated(long step, double psnr, OptionalDouble niqe, double seconds) {
                measured.put(step, psnr);
              }
            })
        .run(false);
    double highest = measured.values().stream().mapToDouble(v -> v).max().orElseThrow();
    StateDict best = Weights.read(whole.resolve("best.safetensors"));
    assertThat(best.metadata()).containsEntry("psnr-y", Double.toString(highest));
    assertThat(measured.get(Long.parseLong(best.metadata().get("steps")))).isEqualTo(highest);
    assertThat(
            Checkpoint.read(TinyRun.checkpoint(whole, 20)).progress().best().orElseThrow().psnr())
        .isEqualTo(highest);
  }
}
