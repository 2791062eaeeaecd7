package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.weights.RrdbConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutArgumentsBothContestsRunOnTheirOwnNetworks() {
    Options options = Options.parse(List.of());
    assertThat(options.inference()).isTrue();
    assertThat(options.training()).isTrue();
    assertThat(options.inferenceModel()).isEqualTo(RrdbConfig.PAPER);
    assertThat(options.trainingModel().blocks()).isEqualTo(4);
  }

  @Test
  void argumentsAreTaken() {
    Options options =
        Options.parse(List.of("training", "--rounds", "5", "--warm-up", "0", "--model", "32,16,2"));
    assertThat(options.inference()).isFalse();
    assertThat(options.training()).isTrue();
    assertThat(options.contest()).isEqualTo(new Contest(0, 5));
    assertThat(options.trainingModel()).isEqualTo(Options.model(32, 16, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"speed", "--rounds", "--rounds 0", "--rounds x", "--model 64,32", "--colour red"})
  void whatIsWrongIsNamed(String arguments) {
    assertThatThrownBy(() -> Options.parse(List.of(arguments.split(" ", -1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(arguments.split(" ", -1)[0]);
  }
}
