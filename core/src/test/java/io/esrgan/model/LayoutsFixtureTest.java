package io.esrgan.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Answers;
import io.esrgan.Fixtures;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks under the names that other programs give their weights compute what these do. */
class LayoutsFixtureTest {
  private static Path file(String name) {
    return Fixtures.resource("/io/esrgan/layouts/" + name + ".pth");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "edsr-authors-x4",
        "edsr-basic-x3",
        "rcan-authors-x4",
        "rcan-basic-x2",
        "msrresnet-basic-x4",
        "msrresnet-middle-x3",
        "msrresnet-row-x4",
        "msrresnet-row-x2",
        "msrresnet-kair-x3",
        "msrresnet-upconv-x4",
        "msrresnet-upconv-x3",
        "srresnet-x4",
        "compact-x4"
      })
  void thePictureIsThatOfPyTorch(String name) throws IOException {
    Answers answers = new Answers(Weights.read(file("results")));
    GeneratorFile read = Weights.readGenerator(file(name));
    Network network = Generators.of(read.config());
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.load(read.weights());
      Live picture = new Live(answers.tensor("x"), parameters::get);
      answers.expect(name, ((Live) network.forward(picture)).tensor(), 1e-5);
    }
    assertThat(network.inputChannels()).isEqualTo(read.config().inChannels());
  }
}
