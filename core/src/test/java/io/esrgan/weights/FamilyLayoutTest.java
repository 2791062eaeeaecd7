package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.esrgan.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Generators of other designs are told by their keys and shapes. */
class FamilyLayoutTest {
  private static Path file(String name) {
    return Fixtures.resource("/io/esrgan/layouts/" + name + ".pth");
  }

  static Stream<Arguments> files() {
    return Stream.of(
        arguments("edsr-authors-x4", FamilyLayout.EDSR_AUTHORS, new EdsrConfig(4, 2, 4, 1)),
        arguments("edsr-basic-x3", FamilyLayout.EDSR, new EdsrConfig(4, 2, 3, 1)),
        arguments("rcan-authors-x4", FamilyLayout.RCAN_AUTHORS, new RcanConfig(4, 2, 3, 2, 4)),
        arguments("rcan-basic-x2", FamilyLayout.RCAN, new RcanConfig(4, 2, 3, 2, 2)),
        arguments(
            "msrresnet-basic-x4",
            FamilyLayout.MSRRESNET,
            new MsrResNetConfig(4, 2, 4, MsrResNetConfig.Form.PICTURE_SKIP)),
        arguments(
            "msrresnet-middle-x3",
            FamilyLayout.MSRRESNET_MIDDLE,
            new MsrResNetConfig(4, 2, 3, MsrResNetConfig.Form.PICTURE_SKIP)),
        arguments(
            "msrresnet-row-x4",
            FamilyLayout.MSRRESNET_ROW,
            new MsrResNetConfig(4, 2, 4, MsrResNetConfig.Form.TRUNK_SKIP)),
        arguments(
            "msrresnet-row-x2",
            FamilyLayout.MSRRESNET_ROW,
            new MsrResNetConfig(4, 2, 2, MsrResNetConfig.Form.TRUNK_SKIP)),
        arguments(
            "msrresnet-kair-x3",
            FamilyLayout.MSRRESNET_ROW,
            new MsrResNetConfig(4, 2, 3, MsrResNetConfig.Form.TRUNK_SKIP)),
        arguments(
            "msrresnet-upconv-x4",
            FamilyLayout.MSRRESNET_ROW,
            new MsrResNetConfig(4, 2, 4, MsrResNetConfig.Form.TRUNK_SKIP_UPCONV)),
        arguments(
            "msrresnet-upconv-x3",
            FamilyLayout.MSRRESNET_ROW,
            new MsrResNetConfig(4, 2, 3, MsrResNetConfig.Form.TRUNK_SKIP_UPCONV)),
        arguments("srresnet-x4", FamilyLayout.SRRESNET, new SrResNetConfig(4, 2, 4, true)),
        arguments("compact-x4", FamilyLayout.COMPACT, new CompactConfig(4, 2, 4)),
        arguments("srcnn-955-x3", FamilyLayout.SRCNN, new SrcnnConfig(1, 5, 3)),
        arguments("srcnn-rgb", FamilyLayout.SRCNN, new SrcnnConfig(3, 1, 4)),
        arguments("srcnn-parts-x2", FamilyLayout.SRCNN_PARTS, new SrcnnConfig(1, 1, 2)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void layoutAndMeasuresFollowFromKeysAndShapes(
      String name, FamilyLayout layout, GeneratorConfig config) throws IOException {
    GeneratorFile read = Weights.readGenerator(file(name));
    assertThat(read.layout()).isEqualTo(layout);
    assertThat(read.config()).isEqualTo(config);
    assertThat(read.weights().names()).containsExactlyElementsOf(config.shapes().keySet());
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsWrittenIsReadAgain(
      String name, FamilyLayout layout, GeneratorConfig config, @TempDir Path folder)
      throws IOException {
    GeneratorFile read = Weights.readGenerator(file(name));
    Path copy = folder.resolve("renamed.safetensors"); // no scale in its name
    Weights.write(copy, read.weights());
    GeneratorFile again = Weights.readGenerator(copy);
    assertThat(again.config()).isEqualTo(config);
    again
        .weights()
        .weights()
        .forEach(
            (key, weight) ->
                assertThat(weight.floats()).as(key).isEqualTo(read.weights().get(key).floats()));
  }

  @Test
  void aWeightTooManyOrTooFewIsNamed(@TempDir Path folder) throws IOException {
    StateDict whole = Weights.readGenerator(file("edsr-basic-x3")).weights();
    Map<String, Weight> fewer = new LinkedHashMap<>(whole.weights());
    fewer.remove("body.1.conv2.bias");
    Path short_ = folder.resolve("short.safetensors");
    Weights.write(short_, StateDict.of(fewer));
    assertThatThrownBy(() -> Weights.readGenerator(short_))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("1 missing");
    Map<String, Weight> more = new LinkedHashMap<>(whole.weights());
    more.put("body.1.conv3.bias", whole.get("body.1.conv2.bias"));
    Path long_ = folder.resolve("long.safetensors");
    Weights.write(long_, StateDict.of(more));
    assertThatThrownBy(() -> Weights.readGenerator(long_))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("1 unexpected");
  }
}
