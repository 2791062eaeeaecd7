package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.DatasetTest;
import io.esrgan.image.Images;
import io.esrgan.metric.BrightnessShift;
import io.esrgan.metric.Psnr;
import io.esrgan.report.Table;
import io.esrgan.train.Losses;
import io.esrgan.train.TrainingListener;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRunTest {
  private static final String TINY =
      """
      name: tiny
      title: is <less> more?
      stages:
        first: equal/rrdb-psnr
        second: equal/rrdb-psnr
      set:
        network: {block: residual, features: 4, blocks: 1, growth: , batch-norm: true}
        data: {train: PHOTOS, crop: 16, batch: 1}
        schedule.warmup: 0
        steps: 4
        precision: float32
        every: {checkpoint: 2, validate: 0}
      measure: {sets: [PHOTOS], show: [b], crop: 16}
      rows:
        plain:
        other:
          set: {second.schedule.rate: 1e-3}
      """;

  @TempDir Path folder;

  /** What is trained, kept and measured, in a word each. */
  private static final class Told implements StudyListener {
    final List<String> lines = new ArrayList<>();

    @Override
    public TrainingListener trains(String title, Path run) {
      lines.add("trains " + title);
      return new TrainingListener() {};
    }

    @Override
    public void keeps(String title, Path run) {
      lines.add("keeps " + title);
    }

    @Override
    public void measured(String row, List<Result> results) {
      lines.add("measured " + row);
    }
  }

  private final Told told = new Told();

  @BeforeEach
  void pictures() throws IOException {
    Files.createDirectories(folder.resolve("photos"));
    Images.write(DatasetTest.noisy(40, 32), folder.resolve("photos/a.png"), false);
    Images.write(DatasetTest.noisy(48, 40), folder.resolve("photos/b.png"), false);
    Files.writeString(
        folder.resolve("tiny.yaml"), TINY.replace("PHOTOS", folder.resolve("photos").toString()));
  }

  private StudyRun study(String out, Map<String, String> settings, StudyListener listener)
      throws IOException {
    Study study = Study.load(folder.resolve("tiny.yaml").toString(), settings);
    StudyRun run =
        new StudyRun(
            study, folder.resolve(out), List.of(new Psnr(), new BrightnessShift()), listener);
    run.useThreads(1);
    return run;
  }

  @Test
  void featuresThatAreNotHereAreMissedBeforeAnythingIsTrained() throws IOException {
    Map<String, String> settings =
        Map.of(
            "second.loss.perceptual", "1",
            "second.perceptual.network", "nowhere.pth",
            "second.perceptual.taps", "[conv5_4]");
    assertThatThrownBy(() -> study("out", settings, told).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere.pth");
    assertThat(told.lines).isEmpty();
  }

  @Test
  void aStudyIsTrainedMeasuredAndShownAndDoneNoSecondTime() throws IOException {
    Table table = study("out", Map.of(), told).run(false).orElseThrow();
    assertThat(told.lines)
        .containsExactly(
            "measured bicubic",
            "trains plain, first",
            "trains plain, second",
            "measured plain",
            "trains other, second",
            "measured other");
    assertThat(table.rows())
        .extracting(row -> row.get(1))
        .containsExactly("bicubic", "plain", "other");
    Path out = folder.resolve("out");
    assertThat(out.resolve("other/first")).as("plain's is used").doesNotExist();
    for (String file :
        List.of(
            "table.csv", "figure.png", "brightness.png", "pictures.html", "plain/pictures/b.png")) {
      assertThat(out.resolve(file)).exists();
    }
    assertThat(Table.ofJson(Files.readString(out.resolve("table.json"))).rows()).hasSize(3);
    assertThat(Files.readString(out.resolve("table.md"))).startsWith("| set | method | pictures |");
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("is &lt;less&gt; more?", "./plain/first/run.html", "second.schedule.rate: 1e-3")
        .doesNotContain("to be done");

    told.lines.clear();
    assertThat(study("out", Map.of("every.log", "1"), told).run(false)).hasValue(table);
    assertThat(told.lines)
        .containsExactly("keeps plain, first", "keeps plain, second", "keeps other, second");

    Files.move(out, folder.resolve("moved"));
    assertThat(study("moved", Map.of(), told).run(false)).as("elsewhere").hasValue(table);
  }

  @Test
  void aChangedStudyIsRefusedAndOnDemandTrainedAnewFromThereOn() throws IOException {
    study("out", Map.of(), told).run(false);
    Map<String, String> changed = Map.of("first.steps", "3");
    assertThatThrownBy(() -> study("out", changed, told).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("out/plain/first") + " is of another recipe")
        .hasMessageContaining("steps was 4, is 3")
        .hasMessageContaining("--again");
    told.lines.clear();
    study("out", changed, told).run(true);
    assertThat(told.lines)
        .contains("trains plain, first", "trains plain, second", "trains other, second");
    assertThat(folder.resolve("out/plain/first.before-1/model.safetensors")).exists();
  }

  @Test
  void aStoppedStudyGoesOnToTheSameWeights() throws IOException {
    AtomicReference<StudyRun> run = new AtomicReference<>();
    StudyListener stopping =
        new StudyListener() {
          @Override
          public TrainingListener trains(String title, Path into) {
            return new TrainingListener() {
              @Override
              public void stepped(long step, Losses losses, double rate, double seconds) {
                if (title.equals("plain, second") && step == 3) {
                  run.get().stop();
                }
              }
            };
          }
        };
    run.set(study("stopped", Map.of(), stopping));
    assertThat(run.get().run(false)).isEmpty();
    assertThat(folder.resolve("stopped/plain/results.json")).doesNotExist();
    Optional<Table> resumed = study("stopped", Map.of(), told).run(false);
    assertThat(told.lines).startsWith("keeps plain, first", "trains plain, second");

    Optional<Table> whole = study("whole", Map.of(), told).run(false);
    for (String model : List.of("plain/second", "other/second")) {
      assertThat(weights("stopped", model))
          .as(model)
          .usingRecursiveComparison()
          .isEqualTo(weights("whole", model));
    }
    assertThat(resumed.orElseThrow().rows()).hasSameSizeAs(whole.orElseThrow().rows());
  }

  /** The numbers, without the recipe beside them, which names the folder. */
  private List<float[]> weights(String out, String run) throws IOException {
    return Weights.read(folder.resolve(out).resolve(run).resolve("model.safetensors"))
        .weights()
        .values()
        .stream()
        .map(Weight::floats)
        .toList();
  }

  @Test
  void twoSetsOfOneNameAreRefused() throws IOException {
    Path other = Files.createDirectories(folder.resolve("more/photos"));
    Images.write(DatasetTest.noisy(40, 32), other.resolve("a.png"), false);
    String sets = "[%s, %s]".formatted(folder.resolve("photos"), other);
    assertThatThrownBy(() -> study("out", Map.of("measure.sets", sets), told))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(other + " are both called photos; rename one of them");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aPictureThatCannotBeReadIsToldBeforeAnythingIsTrained() throws IOException {
    Path broken = folder.resolve("photos/b.png");
    byte[] bytes = Files.readAllBytes(broken);
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> study("out", Map.of(), told).run(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("b.png");
    assertThat(told.lines).isEmpty();
  }

  @Test
  void aPictureToShowThatIsInNoSetIsNamed() {
    assertThatThrownBy(() -> study("out", Map.of("measure.show", "c"), told))
        .hasMessage("measure.show: no test set has a picture c");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
