package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.SmallNetwork;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the graph tells of the published networks, against published numbers. */
class NetworksTest {

  @Test
  void thePublishedNetworksHaveTheirParameters() {
    assertThat(trained(new SrcnnConfig(1, 1, 4))).isEqualTo(8_129);
    assertThat(trained(new SrcnnConfig(1, 5, 4))).isEqualTo(57_281);
    assertThat(trained(new ResidualConfig(3, 64, 16, 4, false, 1))).isEqualTo(1_332_931);
    assertThat(trained(new ResidualConfig(3, 64, 16, 4, true, 1))).isEqualTo(1_335_043);
    assertThat(trained(new SrResNetConfig(64, 16, 4, true))).isEqualTo(1_547_350);
    assertThat(trained(new MsrResNetConfig(64, 16, 4, MsrResNetConfig.Form.PICTURE_SKIP)))
        .isEqualTo(1_517_571);
    assertThat(trained(new EdsrConfig(64, 16, 4, 1))).isEqualTo(1_517_571);
    assertThat(trained(new EdsrConfig(256, 32, 4, 0.1))).isEqualTo(43_089_923);
    assertThat(trained(new RcanConfig(64, 10, 20, 16, 4))).isEqualTo(15_592_355);
    assertThat(trained(new EnhanceNetConfig(64, 10))).isEqualTo(852_867);
    assertThat(trained(new CompactConfig(64, 16, 4))).isEqualTo(621_424);
  }

  @ParameterizedTest
  @EnumSource(SmallNetwork.class)
  void parametersHaveTheNamesAndShapesOfTheirFiles(SmallNetwork small) {
    Network network = small.network();
    assertThat(network.parameters().stream().map(Parameter::name).toList())
        .containsExactlyElementsOf(new ArrayList<>(small.config().shapes().keySet()));
    for (Parameter parameter : network.parameters()) {
      assertThat(parameter.shape())
          .as(parameter.name())
          .isEqualTo(small.config().shapes().get(parameter.name()));
    }
    assertThat(Graph.record(network).output().resolution().numerator())
        .isEqualTo(small.config().scale());
    assertThat(Graph.record(network).output().channels()).isEqualTo(3);
  }

  @Test
  void onlyAttentionSeesTheWholePicture() {
    for (SmallNetwork small : SmallNetwork.values()) {
      assertThat(Graph.record(small.network()).seesAll()).isEqualTo(small == SmallNetwork.RCAN);
    }
  }

  private static long trained(GeneratorConfig config) {
    return Generators.of(config).parameters().stream()
        .filter(parameter -> parameter.role().isTrained())
        .mapToLong(Parameter::count)
        .sum();
  }
}
