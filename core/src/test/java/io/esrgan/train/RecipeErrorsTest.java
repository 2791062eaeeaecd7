package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeErrorsTest {
  private static final String MINE =
      """
      name: mine
      scale: 4
      network: {type: rrdb, features: 8, growth: 4, blocks: 1}
      data:
        train: photos
        crop: 32
        batch: 2
      loss:
        l1: 1.0
      optimizer: {type: adam}
      schedule:
        type: cosine
        rate: 1e-4
      steps: 100
      """;

  @BeforeEach
  void theRecipeItselfIsRight() throws IOException {
    Recipe.parse(MINE, "mine.yaml", Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          crop: 32     | corp: 32        | line 6, column 3: the key data.corp is not known; did you mean data.crop?
          crop: 32     | tiles: 32       | line 6, column 3: the key data.tiles is not known; data has train, low, check-low, validation, crop, batch, sampling, pool, pictures, augment, degradation, workers, cache
          steps: 100   | stesp: 100      | line 14, column 1: the key stesp is not known; did you mean steps?
          scale: 4     | batchs: 4       | line 2, column 1: the key batchs is not known; did you mean data.batch?
          data:        | dat:            | line 4, column 1: the key dat is not known; did you mean data?
          scale: 4     | rate: 4         | line 2, column 1: the key rate is not known; did you mean schedule.rate?
          batch: 2     | batch: many     | line 7, column 10: data.batch is "many", but must be a whole number
          batch: 2     | batch: 2.5      | line 7, column 10: data.batch is "2.5", but must be a whole number
          batch: 2     | batch: 0        | line 7, column 10: data.batch is 0, but must be at least 1
          batch: 2     | batch: 1e10     | line 7, column 10: data.batch is 10000000000, but must be at most 2147483647
          batch: 2     | batch: [2]      | line 7, column 10: data.batch is a list, but must be a whole number
          batch: 2     | batch: {n: 2}   | line 7, column 10: data.batch is a value, not a section
          batch: 2     | batch:          | line 7, column 9: data.batch is not set: it must be a whole number
          batch: 2     | crop: 8         | line 7, column 3: data.crop is given a second time, after mine.yaml, line 6, column 3
          batch: 2     | batch: *a       | line 7, column 10: aliases (*a) have no place in a recipe
          crop: 32     | crop: 30        | line 6, column 9: data.crop is 30, but must be a multiple of the scale 4: try 28
          train: photos | train: [a, [b]] | line 5, column 14: a list in a recipe holds plain values only
          l1: 1.0      | l1: yes         | line 9, column 7: loss.l1 is "yes", but must be a number
          type: rrdb,  | type: rrdb, block: residual, | line 3, column 61: network.growth does not go with network.block: residual
          type: adam   | type: adem      | line 10, column 19: optimizer.type is "adem", but must be one of adam, sgd; did you mean adam?
          type: cosine | type: cosin     | line 12, column 9: schedule.type is "cosin", but must be one of multistep, cosine; did you mean cosine?
          rate: 1e-4   | rate: fast      | line 13, column 9: schedule.rate is "fast", but must be a number
          rate: 1e-4   | rate: -1        | line 13, column 9: schedule.rate is -1.0, but must be above 0
          name: mine   | name: a/b       | line 1, column 7: name is "a/b", but must be letters, digits, '.', '-' and '_'
          batch: 2     | batch: [2       | line 8, column 5: expected ',' or ']', but got :
          batch: 2     | batch: "2       | line 15, column 1: found unexpected end of stream
          scale: 4     | scale: @4       | line 2, column 8: found character '@' that cannot start any token. (Do not use @ for indentation)
          scale: 4     | scale: 4: 5     | line 2, column 9: mapping values are not allowed here
          """)
  void aMistakeIsNamedWithItsPlace(String right, String wrong, String message) {
    assertThatThrownBy(() -> Recipe.parse(MINE.replace(right, wrong), "mine.yaml", Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessage("mine.yaml, " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data.batch     | many  | data.batch is "many", but must be a whole number
          data.crop      | 31    | data.crop is 31, but must be a multiple of the scale 4: try 28
          data.corp      | 32    | the key data.corp is not known; did you mean data.crop?
          data.batch     | 1000000 | data.batch is 1000000, but must be at most 699050 with crops of 32 pixels
          data.crop      | 40000 | data.crop is 40000, but must be small enough for one array
          network.blocks | 1001  | network.blocks is 1001, but must be from 1 to 1000
          network.growth | 4097  | network.growth is 4097, but must be from 1 to 4096
          network.groups | 2     | network.groups does not go with network.type: rrdb
          data.pictures  | -1    | data.pictures is -1, but must be at least 0 (all pictures)
          scale          | 16    | scale is 16, but must be 1, 2, 3, 4 or 8
          network.features | 0   | network.features is 0, but must be from 1 to 4096
          optimizer.rate | 1e-3  | the key optimizer.rate is not known; did you mean schedule.rate?
          dat.crop       | 32    | the key dat.crop is not known; did you mean data.crop?
          gan            | 1     | the key gan is not known; a recipe has base, name, scale, seed, network, data, degradation, loss, perceptual, texture, adversarial, discriminator, optimizer, schedule, average, steps, precision, start, guard, every
          data           | 32    | data is a section; set one of its keys: train, low, check-low, validation, crop, batch, sampling, pool, pictures, augment, degradation, workers, cache
          data.low       | [a, b] | data.low is [a, b], but must be as many folders as data.train names, 1
          data.check-low | resize | data.check-low is resize, but must be size where there is no data.low
          data.check-low | none  | data.check-low is "none", but must be one of size, resize
          data.pool      | -1    | data.pool is -1, but must be at least 0 (all pictures)
          data.cache     | 1     | data.cache is "1", but must be auto or a size such as 512m or 2g
          data.cache     | 99999999999g | data.cache is "99999999999g", but must be auto or a size such as 512m or 2g
          data.augment   | yes   | data.augment is "yes", but must be true or false
          guard.skips    | 0     | guard.skips is 0, but must be at least 1
          guard.collapse | 2     | guard.collapse is 2.0, but must be from 0 (no such limit) to 1, the range of pixels
          average        | 1     | average is 1.0, but must be from 0 (none) to below 1
          loss.l1        | 0     | loss.l1 is 0.0, but must be above 0; leave out a term that has no weight
          precision      | float16 | precision is "float16", but must be one of auto, float32, bfloat16; did you mean bfloat16?
          schedule.periods | [60, 30] | schedule.periods is [60, 30], but must be as long together as the steps, 100
          schedule.periods | 60,40 | schedule.periods is "60,40", but must be whole numbers, such as [200000, 400000]
          schedule.minimum | 1   | schedule.minimum is 1.0, but must be from 0 to the rate
          schedule.factor | 0.5  | schedule.factor does not go with schedule.type: cosine
          """)
  void aMistakenOverrideIsNamedAsItWasGiven(String key, String value, String message) {
    assertThatThrownBy(() -> Recipe.parse(MINE, "mine.yaml", Map.of(key, value)))
        .isInstanceOf(RecipeException.class)
        .hasMessage("--set %s=%s: %s", key, value, message);
  }

  @Test
  void anUnsetTrainingFolderSaysWhatToDo() {
    assertThatThrownBy(() -> Recipe.load("compact-psnr", Map.of()))
        .isInstanceOf(RecipeException.class)
        .hasMessageMatching(
            "recipe compact-psnr, line [0-9]+, column [0-9]+: data.train is not set: name a folder"
                + " with --set data.train=FOLDER, or write one into the recipe's file");
  }

  @Test
  void aKeyThatIsMissingIsNamed() {
    assertThatThrownBy(() -> Recipe.parse(MINE.replace("steps: 100\n", ""), "mine.yaml", Map.of()))
        .hasMessage("mine.yaml: steps is not set: it must be a whole number");
  }

  @Test
  void aRecipeWithoutALossIsRefused() {
    assertThatThrownBy(() -> Recipe.parse(MINE, "mine.yaml", Map.of("loss.l1", "")))
        .hasMessage("mine.yaml: loss is {}, but must be terms such as l1: 1.0");
  }

  @Test
  void whatIsNoRecipeAtAllIsRefused() {
    assertThatThrownBy(() -> Recipe.parse("", "empty.yaml", Map.of()))
        .hasMessage("empty.yaml: the recipe is empty");
    assertThatThrownBy(() -> Recipe.parse("- a\n- b\n", "list.yaml", Map.of()))
        .hasMessage(
            "list.yaml, line 1, column 1: a recipe is made of lines such as \"steps: 1000\"");
    assertThatThrownBy(() -> Recipe.parse(MINE + "---\n" + MINE, "two.yaml", Map.of()))
        .hasMessage(
            "two.yaml, line 16, column 1: a recipe is one document, but here a second one begins");
  }
}
