package io.esrgan.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.esrgan.Answers;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.EngineException;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Feature maps of VGG19 and SqueezeNet against PyTorch's. */
class FeatureNetworkTest {
  private static final double TOLERANCE = 1e-5;
  private static final List<String> SQUEEZED =
      List.of("relu9", "expand3", "relu3", "expand5", "relu6", "expand9");

  @Test
  void vgg19GivesAnyLayerInTheOrderAskedFor() throws IOException {
    Answers answers = Answers.of("features");
    List<String> taps = List.of("34", "0", "conv1_2", "3", "4", "conv4_4", "relu5_4", "36");
    List<String> numbers = List.of("34", "0", "2", "3", "4", "25", "35", "36");
    FeatureNetwork network = NarrowVgg19.of(answers, taps);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = NarrowVgg19.numbers(answers, network);
      List<Tensor> found = network.features(new Live(answers.tensor("input"), parameters::get));
      assertThat(found).hasSameSizeAs(taps);
      for (int i = 0; i < taps.size(); i++) {
        answers.expect("tap." + numbers.get(i), found.get(i), TOLERANCE);
      }
    }
  }

  @Test
  void aTapBeforeTheRectifierIsNotRectifiedByWhatFollows() throws IOException {
    Answers answers = Answers.of("features");
    FeatureNetwork network = NarrowVgg19.of(answers, List.of("conv5_4", "relu5_4"));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = NarrowVgg19.numbers(answers, network);
      List<Tensor> found = network.features(new Live(answers.tensor("input"), parameters::get));
      assertThat(least(found.get(0))).isNegative();
      assertThat(least(found.get(1))).isZero();
    }
  }

  private static float least(Tensor tensor) {
    float least = Float.POSITIVE_INFINITY;
    for (float value : tensor.toFloats()) {
      least = Math.min(least, value + 0f); // no negative zero
    }
    return least;
  }

  @Test
  void vgg19HoldsNoMoreLayersThanItsTapsNeed() throws IOException {
    Answers answers = Answers.of("features");
    assertThat(NarrowVgg19.of(answers, List.of("relu2_2", "conv1_1")).parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "features.0.weight",
            "features.0.bias",
            "features.2.weight",
            "features.2.bias",
            "features.5.weight",
            "features.5.bias",
            "features.7.weight",
            "features.7.bias");
  }

  @ParameterizedTest
  @CsvSource({
    "conv1_1, 0",
    "relu1_1, 1",
    "conv2_2, 7",
    "conv3_4, 16",
    "relu4_4, 26",
    "conv5_4, 34",
    "relu5_4, 35",
    "pool1, 4",
    "pool2, 9",
    "pool5, 36",
    "36, 36"
  })
  void layersOfVgg19HaveTorchvisionsNumbers(String tap, int number) {
    assertThat(Vgg19.number(tap)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv1_3", "conv6_1", "pool6", "37", "-1", "", "34.5"})
  void whatIsNoLayerOfVgg19IsRefusedByName(String tap) {
    assertThatThrownBy(() -> new Vgg19(Map.of(), List.of(tap)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + tap + '"')
        .hasMessageContaining("conv5_4");
  }

  @Test
  void oneLayerByTwoNamesIsRefused() throws IOException {
    Answers answers = Answers.of("features");
    assertThatThrownBy(() -> NarrowVgg19.of(answers, List.of("conv5_4", "34")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("34 is named twice");
  }

  @Test
  void squeezeNetGivesItsFireModulesBeforeAndAfterTheirRectifiers() throws IOException {
    Answers answers = Answers.of("features").under("squeeze");
    FeatureNetwork network = new SqueezeNet(SQUEEZED);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      Map<String, Weight> weights = new LinkedHashMap<>();
      network.parameters().forEach(p -> weights.put(p.name(), byName(p)));
      parameters.load(StateDict.of(weights));
      List<Tensor> found = network.features(new Live(answers.tensor("input"), parameters::get));
      for (int i = 0; i < SQUEEZED.size(); i++) {
        answers.expect(SQUEEZED.get(i), found.get(i), TOLERANCE);
      }
    }
  }

  /** What {@code by_name} of {@code make_critics.py} gives. */
  private static Weight byName(Parameter parameter) {
    CRC32 crc = new CRC32();
    crc.update(parameter.name().getBytes(UTF_8));
    long seed = crc.getValue() % 1009;
    long[] shape = parameter.shape();
    double spread = Math.sqrt(6.0 / (shape.length > 1 ? parameter.fanIn() : 100));
    float[] values = new float[(int) parameter.count()];
    for (int i = 0; i < values.length; i++) {
      long drawn = (i * 911L + seed * 31) * (i + seed) % 1009 - 504;
      values[i] = (float) (drawn / 504.0 * spread);
    }
    return Weight.of(values, shape);
  }

  @ParameterizedTest
  @ValueSource(strings = {"expand1", "expand10", "relu", "conv9"})
  void whatIsNoLayerOfSqueezeNetIsRefusedByName(String tap) {
    assertThatThrownBy(() -> new SqueezeNet(List.of("expand9", tap)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + tap + '"');
  }

  @ParameterizedTest
  @CsvSource({"expand3, 7", "expand5, 15", "relu9, 31"})
  void theSmallestSideIsTheSmallestThatSqueezeNetTakes(String tap, int side) {
    reachesItsTapFrom(new SqueezeNet(List.of(tap)), side);
  }

  @ParameterizedTest
  @CsvSource({"relu1_2, 1", "conv2_1, 2", "conv5_4, 16", "36, 32"})
  void theSmallestSideIsTheSmallestThatVgg19Takes(String tap, int side) throws IOException {
    reachesItsTapFrom(NarrowVgg19.of(Answers.of("features"), List.of(tap)), side);
  }

  @ParameterizedTest
  @CsvSource({"relu1, 3", "relu3, 5", "relu5, 9", "relu9, 17"})
  void theSmallestSideIsTheSmallestThatTorchvisionsSqueezeNetTakes(String tap, int side) {
    reachesItsTapFrom(SqueezeNet.ofTorchvision(List.of(tap)), side);
  }

  @ParameterizedTest
  @CsvSource({"relu1, 7", "conv2, 15", "relu3, 31", "relu5, 31"})
  void theSmallestSideIsTheSmallestThatAlexNetTakes(String tap, int side) {
    reachesItsTapFrom(new AlexNet(List.of(tap)), side);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relu6", "conv0", "relu1_1", ""})
  void whatIsNoLayerOfAlexNetIsRefusedByName(String tap) {
    assertThatThrownBy(() -> new AlexNet(List.of(tap)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining('"' + tap + '"');
  }

  private static void reachesItsTapFrom(FeatureNetwork network, int side) {
    assertThat(network.smallestSide()).isEqualTo(side);
    try (Scope scope = Scope.open()) {
      FlatParameters zeros = FlatParameters.frozen(network, Device.CPU);
      assertThat(network.features(new Live(picture(side), zeros::get))).hasSize(1);
      assertThatThrownBy(() -> network.features(new Live(picture(side - 1), zeros::get)))
          .isInstanceOfAny(IllegalArgumentException.class, EngineException.class);
    }
  }

  private static Tensor picture(int side) {
    return Tensor.zeros(Precision.FLOAT32, Device.CPU, 1, 3, side, side);
  }

  @Test
  void thePublishedSqueezeNetFitsAndSeesSomething() throws IOException {
    String data = System.getProperty("esrgan.data", "");
    assumeThat(data).as("set -Desrgan.data=FOLDER to read published files").isNotEmpty();
    Path file = Path.of(data, "weights", "squeezenet1_1-imagenet.safetensors");
    assumeThat(Files.exists(file)).as(file + " is there").isTrue();
    FeatureNetwork network = new SqueezeNet(List.of("expand9"));
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.load(NarrowVgg19.part(Weights.read(file), network));
      Tensor input = Answers.of("features").tensor("squeeze.input");
      Tensor map = network.features(new Live(input, parameters::get)).get(0);
      assertThat(map.shape()).containsExactly(1, 512, 3, 2);
      assertThat(map.isFinite()).isTrue();
      assertThat(map.norm().item()).isPositive();
    }
  }
}
