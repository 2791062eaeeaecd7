package io.esrgan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esrgan.image.Picture.Channels;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvalCommandTest {
  @TempDir Path folder;
  private Path set;

  @BeforeEach
  void makeSet() throws IOException {
    set = folder.resolve("Set2");
    Samples.picture(set.resolve("one.png"), 48, 40, Channels.RGB);
    Samples.picture(set.resolve("two.png"), 40, 48, Channels.GRAY);
  }

  @Test
  void bicubicAloneNeedsNoModel() {
    CommandRun run = CommandRun.of("eval", "--bicubic", set).succeeds();
    assertThat(run.out().lines().filter(line -> line.startsWith("Set2 "))).hasSize(2);
    assertThat(run.out()).contains("bicubic", "PSNR-Y", "border 4", "x4: low resolution from HR");
  }

  @Test
  void aModelStandsBesideBicubicWithItsProtocolAndHash() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 2);
    CommandRun run = CommandRun.of("eval", "-m", model, set, "--precision", "float32").succeeds();
    assertThat(run.out())
        .contains("bicubic", "tiny.safetensors", "border 2", "SHA-256", "float32 on ");
  }

  @Test
  void anEnsembleAndBackProjectionAreMeasuredAndNoted() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    String plain = CommandRun.of("eval", "-m", model, set, "--csv").succeeds().out();
    CommandRun run =
        CommandRun.of("eval", "-m", model, set, "--ensemble", "--back-project", "3").succeeds();
    assertThat(run.out()).contains("mean of 8 orientations, back-projected 3 times");
    String refined =
        CommandRun.of("eval", "-m", model, set, "--back-project", "3", "--csv").succeeds().out();
    assertThat(row(refined, "bicubic")).isEqualTo(row(plain, "bicubic"));
    assertThat(row(refined, "tiny")).isNotEqualTo(row(plain, "tiny"));
  }

  /** The numbers of a method, without what it took. */
  private static String row(String csv, String method) {
    String line = csv.lines().filter(l -> l.contains(method)).findFirst().orElseThrow();
    return line.replaceFirst("(,[^,]*){3}$", "");
  }

  @Test
  void jsonAndCsvHoldTheSameRows() throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(CommandRun.of("eval", "--bicubic", set, "--json").out());
    String csv = CommandRun.of("eval", "--bicubic", "--csv", set).succeeds().out();
    assertThat(json.get("rows")).hasSize(1);
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv).contains(json.get("rows").get(0).get("PSNR-Y").asText());
  }

  @Test
  void numbersAreStampedWithWeightsResizerAndProgram() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 2);
    JsonNode rows =
        new ObjectMapper()
            .readTree(
                CommandRun.of("eval", "-m", model, set, "--metric", "rmse,lr-psnr", "--json")
                    .succeeds()
                    .out())
            .get("rows");
    assertThat(rows.get(0).get("weights").asText()).isEmpty();
    assertThat(rows.get(1).get("weights").asText()).isEqualTo(Weights.sha256(model));
    assertThat(rows.get(1).get("low resolution").asText())
        .startsWith("x2 from HR shrunk by bicubic");
    assertThat(rows.get(1).get("program").asText()).startsWith("esrgan ");
    assertThat(rows.get(0).get("LR-PSNR").asDouble()).isPositive();
    assertThat(rows.get(0).get("RMSE-Y").asDouble()).isPositive();
  }

  @Test
  void tablesOfEarlierRunsAreJoinedIfTheyWereMeasuredAlike() throws IOException {
    Path model = Samples.model(folder.resolve("tiny.safetensors"), 4);
    Path one = folder.resolve("one.json");
    Path two = folder.resolve("two.json");
    Path other = folder.resolve("other.json");
    Files.writeString(one, CommandRun.of("eval", "--bicubic", set, "--json").succeeds().out());
    Files.writeString(two, CommandRun.of("eval", "-m", model, set, "--json").succeeds().out());
    Files.writeString(
        other, CommandRun.of("eval", "--bicubic", "--scale", 2, set, "--json").succeeds().out());
    CommandRun joined = CommandRun.of("eval", "--join", one, two).succeeds();
    assertThat(joined.out().lines().filter(line -> line.startsWith("Set2  "))).hasSize(2);
    assertThat(joined.out()).contains("SHA-256 " + Weights.sha256(model));
    CommandRun mixed = CommandRun.of("eval", "--join", one, other).fails(ExitCode.FAILED);
    assertThat(mixed.err()).contains("were not measured alike", "border 4", "border 2");
    CommandRun none = CommandRun.of("eval", "--join", model).fails(ExitCode.FAILED);
    assertThat(none.err()).contains("tiny.safetensors", "--json").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lpips", "lpips-vgg", "lpips-squeeze"})
  void whereLpipsLacksItsFilesTheyAreNamed(String metric) {
    try (AssetsIn assets = new AssetsIn(folder)) {
      CommandRun run =
          CommandRun.of("eval", "--bicubic", "--metric", metric, set).fails(ExitCode.FAILED);
      assertThat(run.err()).contains("is not here", "esrgan assets fetch").hasLineCount(1);
    }
  }

  @Test
  void modelsOfDifferentScalesAreNotMixed() throws IOException {
    Path two = Samples.model(folder.resolve("two.safetensors"), 2);
    Path four = Samples.model(folder.resolve("four.safetensors"), 4);
    CommandRun run = CommandRun.of("eval", "-m", two, "-m", four, set).fails(ExitCode.FAILED);
    assertThat(run.err()).contains("x4", "x2");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -4})
  void aScaleThatIsNoneIsWrongUsage(int scale) {
    CommandRun run =
        CommandRun.of("eval", "--bicubic", "--scale", scale, set).fails(ExitCode.WRONG_USAGE);
    assertThat(run.err()).contains("--scale " + scale, "1 or more").hasLineCount(1);
  }

  @Test
  void aMissingSetIsNamed() {
    CommandRun run = CommandRun.of("eval", "--bicubic", "nowhere").fails(ExitCode.FAILED);
    assertThat(run.err()).contains("nowhere");
  }

  @Test
  void aPageIsWrittenOnceAndReplacedOnlyByForce() throws IOException {
    Path page = folder.resolve("page.html");
    CommandRun.of("eval", "--bicubic", set, "--html", page).succeeds();
    assertThat(Files.readString(page)).contains("<h2>PSNR-Y</h2>", ">bicubic<", "border 4");
    CommandRun again =
        CommandRun.of("eval", "--bicubic", set, "--html", page).fails(ExitCode.FAILED);
    assertThat(again.err()).contains("page.html exists already; give --force");
    CommandRun.of("eval", "--bicubic", set, "--html", page, "-f").succeeds();
    Path nowhere = folder.resolve("missing").resolve("page.html");
    CommandRun lost =
        CommandRun.of("eval", "--bicubic", set, "--html", nowhere).fails(ExitCode.FAILED);
    assertThat(lost.err()).contains("there is no folder").contains("make it first");
    CommandRun onto =
        CommandRun.of("eval", "--bicubic", set, "--html", folder, "-f").fails(ExitCode.FAILED);
    assertThat(onto.err()).contains("is a folder; name a file");
  }

  @Test
  void trainedModelsAreToldApartByTheirFolders() throws IOException {
    Path one = Samples.model(folder.resolve("one/model.safetensors"), 4);
    Path two = Samples.model(folder.resolve("two/model.safetensors"), 4);
    String table = CommandRun.of("eval", "-m", one, "-m", two, set, "--markdown").succeeds().out();
    assertThat(table).contains("| one/model.safetensors |", "| two/model.safetensors |");
    CommandRun twice = CommandRun.of("eval", "-m", one, "-m", one, "-m", one, set);
    assertThat(twice.err()).contains("model.safetensors is named twice; name it once");
  }
}
