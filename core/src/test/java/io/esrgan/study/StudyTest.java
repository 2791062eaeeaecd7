package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.train.Recipe;
import io.esrgan.train.RecipeException;
import io.esrgan.train.Setting;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.RrdbConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyTest {
  private static final String MINE =
      """
      name: mine
      stages:
        first: equal/rrdb-psnr
        second: equal/esrgan
      set:
        data.train: photos
      measure: {sets: [a, b], crop: 32}
      rows:
        one:
          set: {steps: 7, second.average: 0.5}
        two:
          title: Two
          set: {network: {blocks: 3}}
        three:
          from: one
          stages: first
          set: {first.steps: 9}
      """;

  @TempDir Path folder;

  private Study read(String text, Map<String, String> overrides) throws IOException {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, text);
    return Study.load(file.toString(), overrides);
  }

  private static Map<String, String> settings(Study study, int row, int stage) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Setting setting : study.rows().get(row).stages().get(stage).settings()) {
      settings.put(setting.key(), setting.text());
    }
    return settings;
  }

  @Test
  void aRowDiffersFromTheOneAboveOrTheOneItNames() throws IOException {
    Study study = read(MINE, Map.of("data.batch", "2", "second.steps", "5"));
    assertThat(study.rows()).extracting(Study.Row::name).containsExactly("one", "two", "three");
    assertThat(study.rows()).extracting(Study.Row::title).containsExactly("one", "Two", "three");
    assertThat(study.measuring())
        .isEqualTo(new Study.Measuring(List.of(Path.of("a"), Path.of("b")), List.of(), 32));
    Map<String, String> common = Map.of("data.train", "photos", "steps", "7", "data.batch", "2");
    assertThat(settings(study, 0, 0)).isEqualTo(common);
    assertThat(settings(study, 0, 1))
        .containsAllEntriesOf(Map.of("steps", "5", "average", "0.5", "data.batch", "2"));
    assertThat(settings(study, 1, 0))
        .containsAllEntriesOf(common)
        .containsEntry("network.blocks", "3");
    assertThat(study.rows().get(2).stages()).extracting(Study.Stage::name).containsExactly("first");
    assertThat(settings(study, 2, 0))
        .containsEntry("steps", "9")
        .doesNotContainKey("network.blocks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          title: Two    | titel: Two    | line 12, column 5: the key rows.two.titel is not known; did you mean rows.two.title?
          two:          | original:     | line 11, column 3: a row's name is "original", but must be letters, digits, '-' and '_', and not one of bicubic, none, original
          two:          | table.md:     | line 11, column 3: a row's name is "table.md", but must be letters, digits, '-' and '_', and not one of bicubic, none, original
          stages: first | stages: [first, first] | line 16, column 13: stages is "first, first", but must be some of first, second, each once, in this order
          stages: first | stages: [second, first] | line 16, column 13: stages is "second, first", but must be some of first, second, each once, in this order
          first: equal  | pictures: equal | line 3, column 3: a stage cannot be called "pictures": give letters and digits, no key of a recipe, and not pictures
          crop: 32      | crop: 0       | line 7, column 31: measure.crop is "0", but must be from 1 to 9999 pixels
          crop: 32      | corp: 32      | line 7, column 25: the key measure.corp is not known; did you mean measure.crop?
          from: one     | from: four    | line 15, column 11: from is "four", but must be none or a row above
          stages: first | stages: third | line 16, column 13: stages is "third", but must be some of first, second, each once, in this order
          name: mine    | name: a/b     | line 1, column 7: name is "a/b", but must be letters, digits, '.', '-' and '_'
          first: equal  | gan.x: equal  | line 3, column 3: a stage cannot be called "gan.x": give letters and digits, no key of a recipe, and not pictures
          first: equal  | data: equal   | line 3, column 3: a stage cannot be called "data": give letters and digits, no key of a recipe, and not pictures
          steps: 7      | name: x       | line 10, column 17: name is set by the study itself; leave it out
          steps: 7      | second.start: x | line 10, column 25: start is set by the study itself; leave it out
          set: {network: {blocks: 3}} | set: 3 | line 13, column 10: set is a section, not a value
          """)
  void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
    assertThatThrownBy(() -> read(MINE.replace(right, wrong), Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageEndingWith("mine.yaml, " + message);
  }

  @Test
  void aMistakeInARecipesSettingIsNamedWithItsPlaceInTheStudy() {
    assertThatThrownBy(
            () -> new StudyPlan(read(MINE.replace("blocks: 3", "blocks: no"), Map.of()), folder))
        .isInstanceOf(RecipeException.class)
        .hasMessageEndingWith(
            "mine.yaml, line 13, column 29: network.blocks is \"no\", but must be a whole number");
  }

  @Test
  void runsThatRowsHaveInCommonAreOne() throws IOException {
    String text = MINE.replace("set: {network: {blocks: 3}}", "set: {second.seed: 3}");
    List<StudyPlan.Planned> rows = new StudyPlan(read(text, Map.of()), folder).rows();
    assertThat(rows.get(1).runs().get(0)).isSameAs(rows.get(0).runs().get(0));
    StudyPlan.Run second = rows.get(1).runs().get(1);
    assertThat(second.folder()).isEqualTo(folder.resolve("two/second"));
    assertThat(second.recipe().name()).isEqualTo("two-second");
    assertThat(second.recipe().start()).hasValue(folder.resolve("one/first/model.safetensors"));
  }

  @Test
  void aSetThatIsNoPathIsNamedWithItsPlace() {
    assertThatThrownBy(() -> read(MINE, Map.of("measure.sets", "a\0b")))
        .isInstanceOf(RecipeException.class)
        .hasMessageStartingWith("--set measure.sets=")
        .hasMessageContaining("but must be a path (");
  }

  @Test
  void setsToMeasureOnAreAskedFor() {
    assertThatThrownBy(() -> Study.load("figure-8", Map.of()))
        .hasMessage(
            "study figure-8: measure.sets is not set: it must be folders of test pictures: --set"
                + " measure.sets=[Set5,Set14]");
    assertThatThrownBy(() -> Study.load("figure8", Map.of()))
        .hasMessage("there is no study figure8; did you mean figure-8?");
  }

  @Test
  void theStudiesThatComeInsideAreTheFilesOfTheirFolder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../studies"))) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")).sorted())
          .containsExactlyElementsOf(Study.BUILT_IN);
    }
  }

  @Test
  void figure8GoesFromSrganToEsrganInThePapersOrder() throws IOException {
    Study study = Study.load("figure-8", Map.of("data.train", "photos", "measure.sets", "Set5"));
    List<Recipe> last =
        new StudyPlan(study, folder)
            .rows().stream().map(row -> row.runs().get(1).recipe()).toList();
    assertThat(last.get(0).network().config()).isEqualTo(new ResidualConfig(3, 32, 16, 4, true, 1));
    assertThat(last.get(1).network().config())
        .isEqualTo(new ResidualConfig(3, 32, 16, 4, false, 1));
    assertThat(last.get(4).network().config())
        .isEqualTo(new RrdbConfig(3, 3, 32, 16, 4, 4, 1, false));
    assertThat(last.stream().map(recipe -> recipe.perceptual().orElseThrow().taps().get(0)))
        .containsExactly("relu9", "relu9", "expand9", "expand9", "expand9", "expand9");
    assertThat(last.stream().map(r -> r.gan().orElseThrow().adversarial().type().name().charAt(0)))
        .containsExactly('S', 'S', 'S', 'R', 'R', 'R');
    assertThat(last.stream().map(recipe -> recipe.data().pictures()))
        .containsExactly(40, 40, 40, 40, 40, 0);
  }

  @Test
  void theInitialisationStudyCombinesTwoRemedies() throws IOException {
    Study study =
        Study.load("initialisation", Map.of("data.train", "photos", "measure.sets", "Set5"));
    assertThat(
            new StudyPlan(study, folder)
                .rows().stream()
                    .map(row -> row.runs().get(0).recipe().network())
                    .map(n -> n.initialisation() + " " + n.config().measures()))
        .containsExactly(
            "HE nf 24, nb 64",
            "PAPER nf 24, nb 64",
            "HE nf 24, nb 64, residuals times 0.2",
            "PAPER nf 24, nb 64, residuals times 0.2");
  }
}
