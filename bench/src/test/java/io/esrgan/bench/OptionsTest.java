package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.weights.RrdbConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutArgumentsAllThatNeedNoPicturesRunOnTheirOwnNetworks() {
    Options options = Options.parse(List.of());
    assertThat(options.wanted())
        .containsExactly(
            Options.Kind.INFERENCE, Options.Kind.MEMORY, Options.Kind.TRAINING, Options.Kind.GAN);
    assertThat(options.inferenceModel()).isEqualTo(RrdbConfig.PAPER);
    assertThat(options.trainingModel().blocks()).isEqualTo(4);
    assertThat(options.inputs()).containsExactly(new PictureSize(128, 128));
    assertThat(options.output()).isEmpty();
  }

  @Test
  void emulatedPrecisionsRunOnlyWhereTheyAreAskedFor() {
    Options options = Options.parse(List.of());
    boolean emulated = Device.CPU.preferredPrecision() == Precision.FLOAT32;
    assertThat(options.formats().contains(Format.CHANNELS_LAST_BFLOAT16)).isNotEqualTo(emulated);
    assertThat(options.remark().isEmpty()).isNotEqualTo(emulated);
    Options all = Options.parse(List.of("--precision", "all"));
    assertThat(all.formats()).containsExactly(Format.values());
    assertThat(all.remark()).isEmpty();
  }

  @Test
  void severalPicturesAreTaken() {
    assertThat(Options.parse(List.of("--input", "128,1024x768")).inputs())
        .containsExactly(new PictureSize(128, 128), new PictureSize(1024, 768));
  }

  @Test
  void argumentsAreTaken() {
    Options options =
        Options.parse(List.of("training", "--rounds", "5", "--warm-up", "0", "--model", "32,16,2"));
    assertThat(options.wanted()).containsExactly(Options.Kind.TRAINING);
    assertThat(options.contest()).isEqualTo(new Contest(0, 5));
    assertThat(options.trainingModel()).isEqualTo(Options.model(32, 16, 2));
  }

  @Test
  void aRecipeIsTakenWithItsSettings() {
    Options options =
        Options.parse(
            List.of("recipe", "--recipe", "compact-gan", "--set", "start=a=b", "--steps", "2"));
    assertThat(options.wanted()).containsExactly(Options.Kind.RECIPE);
    assertThat(options.recipe())
        .isEqualTo(new Options.RecipeRun("compact-gan", Map.of("start", "a=b"), 2));
  }

  @Test
  void thePlainestLoopRunsWhateverThePrecision() {
    Options options = Options.parse(List.of("--precision", "bfloat16"));
    assertThat(options.formats())
        .containsExactly(Format.NCHW_FLOAT32, Format.CHANNELS_LAST_BFLOAT16);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "speed",
        "--rounds",
        "--rounds 0",
        "--rounds x",
        "--model 64,32",
        "--precision half",
        "--set start",
        "--crop 48",
        "--only Execute",
        "--input 0",
        "--input 1x2x3",
        "--input 128,",
        "--output missing/tables.md",
        "--colour red"
      })
  void whatIsWrongIsNamed(String arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(arguments.split(" ", -1)[0]);
  }
}
