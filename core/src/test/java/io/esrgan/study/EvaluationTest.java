package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.data.Dataset;
import io.esrgan.data.DatasetTest;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.TestData;
import io.esrgan.metric.Lpips;
import io.esrgan.metric.NamedLpips;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Psnr;
import io.esrgan.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  @TempDir Path folder;

  @Test
  void everyMethodIsMeasuredOnEveryPicture() throws IOException {
    Images.write(DatasetTest.noisy(24, 24), folder.resolve("a.png"), false);
    Images.write(DatasetTest.noisy(26, 30), folder.resolve("b.png"), false);
    Dataset set = Dataset.open(folder, 2);
    Method truth = Method.of("truth", low -> DatasetTest.noisy(low.width() * 2, low.height() * 2));
    List<Result> told = new ArrayList<>();
    Evaluation evaluation = new Evaluation(2);
    List<Result> results =
        evaluation.run(List.of(Method.bicubic(2), truth), List.of(set), told::add);
    assertThat(results).isEqualTo(told).hasSize(2);
    assertThat(results.get(0).method()).isEqualTo("bicubic");
    assertThat(results.get(0).scores()).hasSize(2);
    assertThat(results.get(0).mean(0)).isBetween(0.0, 30.0);
    assertThat(results.get(1).mean(0)).isInfinite();
    assertThat(results.get(1).mean(1)).isCloseTo(1, within(1e-9));
    assertThat(evaluation.table(results, List.of(set)).text())
        .contains("PSNR-Y, SSIM-Y: Y channel, border 2, 8-bit rounding")
        .contains("PSNR-RGB, SSIM-RGB: RGB, border 2, 8-bit rounding")
        .contains(set.name() + " x2: low resolution from HR shrunk by bicubic");
  }

  @Test
  void originalsAreMeasuredBesideMethodsWhereNoReferenceIsNeeded() throws IOException {
    Files.copy(Path.of("..", "samples", "chelsea.png"), folder.resolve("chelsea.png"));
    Dataset set = Dataset.open(folder, 2);
    Niqe niqe = Niqe.read(Fixtures.resource("/io/esrgan/metric/niqe-samples.npz"));
    Evaluation evaluation = new Evaluation(2, Measure.of(List.of(niqe, new Psnr()), 2));
    List<Result> results = evaluation.run(List.of(Method.bicubic(2)), List.of(set), r -> {});
    assertThat(results).extracting(Result::method).containsExactly("original", "bicubic");
    Result original = results.get(0);
    assertThat(original.mean(0)).isInfinite();
    assertThat(original.mean(2)).isEqualTo(niqe.measure(set.read(0).high(), 2));
    assertThat(original.cost().seconds()).isZero();
    assertThat(results.get(1).mean(2)).isGreaterThan(original.mean(2) + 1);
    assertThat(evaluation.table(results, List.of(set)).text())
        .containsPattern("method +pictures +PSNR-Y +PSNR-RGB +NIQE +seconds")
        .contains("NIQE: Y channel, border 2, 8-bit rounding, lower is better");
  }

  @Test
  void lpipsIsOneColumnOfRgb(@TempDir Path weights) throws IOException {
    Images.write(DatasetTest.noisy(48, 40), folder.resolve("a.png"), false);
    Dataset set = Dataset.open(folder, 2);
    Lpips lpips = NamedLpips.read(Lpips.Backbone.ALEX, weights);
    Evaluation evaluation = new Evaluation(2, Measure.of(List.of(new Psnr(), lpips), 2));
    List<Result> results = evaluation.run(List.of(Method.bicubic(2)), List.of(set), r -> {});
    assertThat(results.get(0).mean(2)).isPositive();
    assertThat(evaluation.table(results, List.of(set)).text())
        .containsPattern("PSNR-Y +PSNR-RGB +LPIPS-Alex +seconds")
        .contains("LPIPS-Alex: RGB, border 0, 8-bit rounding, lower is better, SHA-256 ")
        .contains(lpips.weights().get(0) + " and " + lpips.weights().get(1));
  }

  @Test
  void setsOfOneNameAndDifferentInputAreRefusedBeforeAnyWork(@TempDir Path other)
      throws IOException {
    Path made = folder.resolve("Set1");
    Path given = other.resolve("Set1");
    for (Path parent : List.of(made.resolve("HR"), given.resolve("HR"), given.resolve("LRx2"))) {
      Files.createDirectories(parent);
    }
    Images.write(DatasetTest.noisy(24, 24), made.resolve("HR/a.png"), false);
    Images.write(DatasetTest.noisy(24, 24), given.resolve("HR/a.png"), false);
    Images.write(DatasetTest.noisy(12, 12), given.resolve("LRx2/a.png"), false);
    List<Dataset> sets = List.of(Dataset.open(made, 2), Dataset.open(given, 2));
    Method never = Method.of("never", low -> fail("a method was run"));
    assertThatThrownBy(() -> new Evaluation(2).run(List.of(never), sets, r -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two sets are called Set1")
        .hasMessageContaining("files of LRx2");
  }

  @Test
  void picturesAreMeasuredOneByOneWithTheirMean() throws IOException {
    Niqe niqe = Niqe.read(Fixtures.resource("/io/esrgan/metric/niqe-samples.npz"));
    PictureScores scores = new PictureScores(niqe);
    double sum = 0;
    for (String name : List.of("chelsea.png", "coffee.png")) {
      Picture picture = Images.read(Path.of("..", "samples", name));
      scores.add(name, picture);
      sum += niqe.measure(picture, 0);
    }
    assertThatThrownBy(() -> scores.add("small", DatasetTest.noisy(100, 100)))
        .isInstanceOf(IllegalArgumentException.class);
    Table table = scores.table();
    assertThat(scores.size()).isEqualTo(2);
    assertThat(table.rows())
        .extracting(row -> row.get(0))
        .containsExactly("chelsea.png", "coffee.png", "mean");
    assertThat((double) table.rows().get(2).get(1)).isEqualTo(sum / 2);
    assertThat(table.text()).contains("NIQE: Y channel, border 0, 8-bit rounding, lower is better");
  }

  @Test
  void aMethodOfAnotherScaleIsNamed() throws IOException {
    Images.write(DatasetTest.noisy(24, 24), folder.resolve("a.png"), false);
    Dataset set = Dataset.open(folder, 2);
    assertThatThrownBy(
            () -> new Evaluation(2).run(List.of(Method.bicubic(3)), List.of(set), r -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot measure bicubic on a.png: only pictures of one size are compared; the"
                + " reference has 24x24 pixels, the candidate 36x36");
    assertThatThrownBy(() -> new Evaluation(4).run(List.of(), List.of(set), r -> {}))
        .hasMessage("the set %s has scale 2, the evaluation 4", set.name());
  }

  @Test
  void bicubicReachesItsPublishedPsnr() throws IOException {
    Path benchmark = TestData.folder().resolve("benchmark");
    List<Dataset> sets =
        List.of(
            Dataset.open(benchmark.resolve("Set5"), 4),
            Dataset.open(benchmark.resolve("Set14"), 4),
            Dataset.open(benchmark.resolve("BSD100"), 4));
    List<Result> results = new Evaluation(4).run(List.of(Method.bicubic(4)), sets, r -> {});
    assertThat(results.get(0).mean(0)).isCloseTo(28.43, within(0.005));
    assertThat(results.get(1).mean(0)).isCloseTo(26.00, within(0.005));
    assertThat(results.get(2).mean(0)).isCloseTo(25.96, within(0.005));
  }

  @Test
  void whatAMegapixelTakesIsToldOfAllPicturesTogether() throws IOException {
    Images.write(DatasetTest.noisy(24, 24), folder.resolve("a.png"), false);
    Images.write(DatasetTest.noisy(32, 48), folder.resolve("b.png"), false);
    Dataset set = Dataset.open(folder, 2);
    Method planning =
        Method.of(
            "planning",
            "",
            low -> DatasetTest.noisy(low.width() * 2, low.height() * 2),
            (width, height) -> OptionalLong.of(1000L * width * height));
    Evaluation evaluation = new Evaluation(2, Measure.of(List.of(new Psnr()), 2));
    List<Result> results =
        evaluation.run(List.of(Method.bicubic(2), planning), List.of(set), r -> {});
    Cost cost = results.get(1).cost();
    assertThat(cost.megapixels()).isCloseTo((24 * 24 + 32 * 48) / 1e6, within(1e-12));
    assertThat(cost.megabytesPerMegapixel()).isCloseTo(250, within(1e-9));
    assertThat(cost.secondsPerMegapixel()).isEqualTo(cost.seconds() / cost.megapixels());
    assertThat(results.get(0).cost().megabytesPerMegapixel()).isNaN();
    assertThat(evaluation.table(results, List.of(set)).text())
        .containsPattern("bicubic .* -\\n")
        .containsPattern("planning .* 250\\n");
  }
}
