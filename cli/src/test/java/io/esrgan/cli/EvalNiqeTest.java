package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalNiqeTest {
  private static final Path PARAMETERS = CommandRun.resource("metric/niqe-samples.npz");

  @TempDir Path folder;
  private Path one;
  private Path two;

  @BeforeEach
  void makePictures() throws IOException {
    one = Samples.picture(folder.resolve("pictures/one.png"), 200, 110, Channels.RGB);
    two = Samples.picture(folder.resolve("pictures/two.png"), 110, 202, Channels.GRAY);
  }

  private static CommandRun niqe(Object... more) {
    Object[] arguments = new Object[more.length + 5];
    System.arraycopy(
        new Object[] {"eval", "--metric", "niqe", "--niqe-parameters", PARAMETERS},
        0,
        arguments,
        0,
        5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return CommandRun.of(arguments);
  }

  @Test
  void picturesHaveARowEachAndTheirMean() {
    CommandRun run = niqe(one, two).succeeds();
    assertThat(run.out())
        .containsPattern("one.png +\\d+\\.\\d{4}\n.*two.png +\\d+\\.\\d{4}\nmean +\\d+\\.\\d{4}\n")
        .contains("NIQE: Y channel, border 0, 8-bit rounding, lower is better");
  }

  @Test
  void aFolderStandsForItsPicturesAndOnePictureHasNoMean() throws IOException {
    Files.writeString(folder.resolve("pictures/notes.txt"), "no picture");
    String both = niqe(folder.resolve("pictures"), one).succeeds().out();
    assertThat(both).isEqualTo(niqe(one, two).out());
    assertThat(niqe(one).succeeds().out()).doesNotContain("mean");
  }

  @Test
  void jsonAndCsvHoldTheSameRows() throws IOException {
    JsonNode json = new ObjectMapper().readTree(niqe(one, two, "--json").succeeds().out());
    String csv = niqe("--csv", one, two).succeeds().out();
    assertThat(json.get("rows")).hasSize(3);
    assertThat(csv.lines()).hasSize(4);
    assertThat(csv).contains("mean," + json.get("rows").get(2).get("NIQE").asText());
  }

  @Test
  void aPictureThatFailsDoesNotStopTheOthers() throws IOException {
    Path small = Samples.picture(folder.resolve("small.png"));
    Path missing = folder.resolve("missing.png");
    CommandRun run = niqe(small, one, missing, two).fails(ExitCode.DONE_IN_PART);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("small.png: NIQE needs two blocks of 96x96 pixels"))
        .anyMatch(line -> line.contains("missing.png: there is no such file"));
    assertThat(run.out()).contains("one.png", "two.png", "mean");
  }

  @Test
  void whereNothingCanBeMeasuredThereIsNoTable() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun run = niqe(empty, "nowhere.png").fails(ExitCode.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("there are no pictures in the folder " + empty).hasLineCount(2);
  }

  @Test
  void aTestSetGetsAColumnAndARowOfItsOriginals() throws IOException {
    Samples.picture(folder.resolve("Set1/HR/one.png"), 200, 108, Channels.RGB);
    Path set = folder.resolve("Set1");
    CommandRun run =
        CommandRun.of(
                "eval", "--bicubic", "--metric", "PSNR,niqe", "--niqe-parameters", PARAMETERS, set)
            .succeeds();
    assertThat(run.out())
        .containsPattern("PSNR-Y +PSNR-RGB +NIQE")
        .containsPattern("Set1 +original +1 +inf +inf +\\d")
        .containsPattern("Set1 +bicubic +1 ")
        .doesNotContain("SSIM");
    assertThat(niqe("--bicubic", set).succeeds().out()).contains("original", "bicubic");
  }

  @Test
  void thePerceptualIndexTakesMasHalfFromAFile() throws IOException {
    Path ma = Files.writeString(folder.resolve("ma.csv"), "picture,ma\none.png,6\ntwo.png,8\n");
    CommandRun run =
        CommandRun.of(
                "eval",
                "--metric",
                "pi",
                "--ma",
                ma,
                "--niqe-parameters",
                PARAMETERS,
                "--json",
                one,
                two)
            .succeeds();
    JsonNode rows = new ObjectMapper().readTree(run.out()).get("rows");
    assertThat(rows).hasSize(3);
    for (JsonNode row : rows) {
      double expected = (10 - row.get("Ma").asDouble() + row.get("NIQE").asDouble()) / 2;
      assertThat(row.get("PI").asDouble()).isCloseTo(expected, within(1e-9));
    }
    assertThat(rows.get(2).get("Ma").asDouble()).isEqualTo(7);
    assertThat(run.out()).contains("border 4", "Ma's half unverified");
  }

  @Test
  void withoutMasScoresThereIsNoPerceptualIndex() throws IOException {
    CommandRun none = CommandRun.of("eval", "--metric", "pi", one).fails(ExitCode.WRONG_USAGE);
    assertThat(none.err()).contains("the model of Ma et al. 2017 is missing", "--ma FILE");
    assertThat(none.out()).isEmpty();
    Path ma = Files.writeString(folder.resolve("ma.csv"), "picture,ma\none.png,6\n");
    CommandRun part =
        CommandRun.of(
                "eval", "--metric", "pi", "--ma", ma, "--niqe-parameters", PARAMETERS, one, two)
            .fails(ExitCode.DONE_IN_PART);
    assertThat(part.err()).contains("has no score for two.png").hasLineCount(1);
    CommandRun idle =
        CommandRun.of("eval", "--metric", "niqe", "--ma", ma, one).fails(ExitCode.WRONG_USAGE);
    assertThat(idle.err()).contains("--ma is for --metric pi");
    CommandRun mixed =
        CommandRun.of("eval", "--metric", "psnr,pi", "--ma", ma, one).fails(ExitCode.WRONG_USAGE);
    assertThat(mixed.err()).contains("pi is of pictures that were enlarged before");
  }

  @Test
  void testSetsAndPicturesAreNotMixed() throws IOException {
    Samples.picture(folder.resolve("Set1/HR/one.png"), 200, 108, Channels.RGB);
    CommandRun run = niqe(one, folder.resolve("Set1")).fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("Set1 is a test set and others are not").hasLineCount(1);
  }

  @Test
  void parametersAreAnAssetThatIsHeldToItsChecksum() throws IOException {
    try (AssetsIn assets = new AssetsIn(folder)) {
      CommandRun without = CommandRun.of("eval", "--metric", "niqe", one).fails(ExitCode.FAILED);
      assertThat(without.err())
          .contains("niqe_pris_params.npz", "esrgan assets fetch niqe")
          .hasLineCount(1);
      Files.copy(PARAMETERS, folder.resolve("niqe_pris_params.npz"));
      CommandRun others = CommandRun.of("eval", "--metric", "niqe", one).fails(ExitCode.FAILED);
      assertThat(others.err()).contains("SHA-256").hasLineCount(1);
    }
  }

  @Test
  void otherParametersAreNamed() {
    CommandRun run =
        CommandRun.of("eval", "--metric", "niqe", "--niqe-parameters", one, one)
            .fails(ExitCode.FAILED);
    assertThat(run.err()).contains("one.png: is no NumPy archive").hasLineCount(1);
  }
}
