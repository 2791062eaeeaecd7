package io.esrgan.weights;

import static io.esrgan.weights.TorchFiles.file;
import static io.esrgan.weights.TorchFiles.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TorchGeneratorsTest {
  @ParameterizedTest
  @CsvSource({
    // file, layout, wrapper, channels, growth, blocks, scale, unshuffle, plus
    "old-x1.legacy, OLD, '', 3, 2, 1, 1, 1, false",
    "old-x2.zip, OLD, '', 3, 2, 1, 2, 1, false",
    "old-x8.legacy, OLD, '', 3, 2, 1, 8, 1, false",
    "old-plus.zip, OLD, '', 3, 2, 1, 4, 1, true",
    "old-two-blocks.legacy, OLD, '', 3, 3, 2, 4, 1, false",
    "middle-x2.zip, MIDDLE, '', 3, 2, 1, 2, 1, false",
    "middle-x8.legacy, MIDDLE, '', 3, 2, 1, 8, 1, false",
    "new-plus-x8.zip, NEW, params, 3, 2, 1, 8, 1, true",
    "new-gray.legacy, NEW, params, 1, 2, 1, 4, 1, false",
    "new-gray-x2.zip, NEW, params-ema, 1, 2, 1, 2, 2, false",
    "new-x1.legacy, NEW, params, 3, 2, 1, 1, 4, false",
    "compiled.zip, NEW, model_state_dict, 3, 2, 1, 4, 1, false",
    "netg.legacy, MIDDLE, anything, 3, 2, 1, 4, 1, false",
    "both.zip, NEW, params_ema, 3, 2, 1, 4, 1, false",
    "checkpoint.zip, NEW, state_dict, 3, 2, 1, 4, 1, false",
    "checkpoint.legacy, NEW, state_dict, 3, 2, 1, 4, 1, false",
    "mmagic.zip, NEW, state_dict, 3, 2, 1, 4, 1, false"
  })
  void everyLayoutScaleAndWrapperIsRead(
      String name,
      RrdbLayout layout,
      String wrapper,
      int channels,
      int growth,
      int blocks,
      int scale,
      int unshuffle,
      boolean plus)
      throws IOException {
    GeneratorFile read = Weights.readGenerator(file(name + ".pth"));
    assertThat(read.config())
        .isEqualTo(new RrdbConfig(channels, channels, 4, growth, blocks, scale, unshuffle, plus));
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.wrapper()).isEqualTo(wrapper);
    assertThat(read.weights().names()).containsExactlyElementsOf(read.config().shapes().keySet());
    read.weights()
        .weights()
        .forEach(
            (weight, value) ->
                assertThat(value.floats()).as(weight).isEqualTo(numbers(weight, value.size())));
  }

  @ParameterizedTest
  @CsvSource({
    "compiled.zip, module._orig_mod.",
    "netg.legacy, netG.",
    "checkpoint.zip, module.",
    "mmagic.zip, generator_ema.",
    "both.zip, ''"
  })
  void theFileTellsWhichPrefixWasCutOff(String name, String prefix) throws IOException {
    WeightFile read = Weights.open(file(name + ".pth"));
    assertThat(read.prefix()).isEqualTo(prefix);
    assertThat(read.kind()).isEqualTo(WeightKind.RRDB);
  }

  @Test
  void readingKeepsTheNamesOfTheFile() throws IOException {
    assertThat(Weights.read(file("mmagic.zip.pth")).names())
        .contains("generator.conv_first.weight", "discriminator.conv0_0.weight", "step_counter");
  }

  @ParameterizedTest
  @CsvSource({"training.zip", "training.legacy"})
  void aTrainingStateIsCalledOne(String name) throws IOException {
    Path file = file(name + ".pth");
    assertThat(Weights.open(file).weights().names())
        .containsExactly(
            "optimizers.0.state.0.step",
            "optimizers.0.state.0.exp_avg",
            "optimizers.0.state.0.exp_avg_sq");
    assertThatThrownBy(() -> Weights.readGenerator(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "%s: holds the state of an optimizer, which serves training or measuring and enlarges"
                + " nothing; name the generator's file, often called net_g",
            file);
  }

  @Test
  void whatHoldsNoWeightsSaysWhatItHolds() {
    check(
        "fresh-training.zip",
        "holds no weights, only \"epoch\", \"iter\", \"optimizers\", \"schedulers\"; name the file"
            + " of a model");
    check("list.legacy", "holds a list, not a dictionary of weights; save model.state_dict()");
  }

  @Test
  void aPickledModelIsRefusedByTheNameOfItsClass() {
    check(
        "model.zip",
        "asks for the Python object \"torch.nn.modules.conv.Conv2d\", which is never loaded, as"
            + " only weights are read; if you trust the file, load it in Python and save"
            + " model.state_dict() alone");
  }

  @Test
  void aCompiledProgramIsRefused() {
    check(
        "program.zip",
        "is a TorchScript program, which would have to be executed; save the model's state_dict()"
            + " instead");
  }

  private static void check(String name, String message) {
    Path file = file(name + ".pth");
    assertThatThrownBy(() -> Weights.read(file))
        .isInstanceOf(WeightsException.class)
        .hasMessage(file + ": " + message);
  }
}
