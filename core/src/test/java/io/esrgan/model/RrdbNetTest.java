package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.RrdbConfig;
import org.junit.jupiter.api.Test;

/** What the graph tells of the paper's networks, against numbers computed by hand. */
class RrdbNetTest {

  @Test
  void thePapersGeneratorHasItsParametersAndMultiplications() {
    RrdbNet network = new RrdbNet(RrdbConfig.PAPER);
    assertThat(parameters(network)).isEqualTo(16_697_987);
    assertThat(Graph.record(network).multiplicationsPerPixel()).isEqualTo(17_926_848);
  }

  @Test
  void pixelUnshuffleWidensOnlyTheFirstConvolution() {
    assertThat(parameters(new RrdbNet(new RrdbConfig(3, 3, 64, 32, 23, 2, 2, false))))
        .isEqualTo(16_703_171);
    assertThat(parameters(new RrdbNet(new RrdbConfig(3, 3, 64, 32, 23, 1, 4, false))))
        .isEqualTo(16_723_907);
  }

  @Test
  void theSmallAnimeNetworkHasItsNumbersToo() {
    RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 64, 32, 6, 4, 1, false));
    assertThat(parameters(network)).isEqualTo(4_467_779);
    assertThat(Graph.record(network).multiplicationsPerPixel()).isEqualTo(5_706_432);
  }

  @Test
  void theReceptiveRadiusCountsEveryConvolutionOnTheLongestWay() {
    // First, body, 15 a block, and of the four behind the two upsamplings: 1/2 + 3/4 pixels, two at
    // the worst phase.
    assertThat(Graph.record(new RrdbNet(RrdbConfig.PAPER)).receptiveRadius())
        .isEqualTo(1 + 23 * 15 + 1 + 2);
    assertThat(
            Graph.record(new RrdbNet(new RrdbConfig(3, 3, 16, 8, 1, 4, 1, false)))
                .receptiveRadius())
        .isEqualTo(1 + 15 + 1 + 2);
  }

  @Test
  void everyFeatureMapIsFreedSoThatTheTailIsTheWidestMoment() {
    // conv_hr reads and writes 64 channels at 16 times the pixels; conv_first's output is long
    // gone.
    assertThat(Graph.record(new RrdbNet(RrdbConfig.PAPER)).peakElementsPerPixel())
        .isEqualTo(2 * 64 * 16);
  }

  private static long parameters(RrdbNet network) {
    return network.parameters().stream().mapToLong(Parameter::count).sum();
  }
}
