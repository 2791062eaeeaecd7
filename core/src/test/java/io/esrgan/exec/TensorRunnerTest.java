package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Differences;
import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A graph whose feature maps are overwritten gives what the forward pass gives. */
class TensorRunnerTest {

  @Test
  void aRectifierKeepsWhatIsReadLater() {
    assertSame(x -> x.leakyRelu(0.2).plus(x, 0.5));
    assertSame(x -> x.plus(x.leakyRelu(0.2)).leakyRelu(0.3));
  }

  @Test
  void aSumKeepsWhatIsReadLater() {
    assertSame(x -> x.plus(x.leakyRelu(0.5), 2).plus(x.plus(x, 3)).with(x));
    assertSame(x -> x.plus(x, 0.25));
  }

  @Test
  void twoViewsOfOneMemoryAreNotOverwritten() {
    assertSame(x -> overwrittenBeside(x, x.pixelShuffle(1)));
    assertSame(x -> overwrittenBeside(x, x.pixelUnshuffle(1)));
  }

  private static Features overwrittenBeside(Features x, Features view) {
    return x.leakyRelu(0.1).plus(view.leakyRelu(0.9)).plus(view);
  }

  @Test
  void theInputIsTheCallersAndStays() {
    try (Scope scope = Scope.open()) {
      Branch network = new Branch(x -> x, x -> x.leakyRelu(0.1));
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      Tensor input = input();
      whole(network, parameters, input);
      assertThat(input.toFloats()).containsExactly(input().toFloats());
    }
  }

  private static void assertSame(UnaryOperator<Features> tail) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      Blueprint place = Blueprint.empty();
      Conv2d convolution = new Conv2d(place, 1, 2, 3);
      Branch network = new Branch(convolution::forward, tail, place.parameters());
      FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
      parameters.initialise(Initialisation.BASICSR, 4);
      Live expected = (Live) network.forward(new Live(input(), parameters::get));
      assertThat(
              Differences.largest(
                  whole(network, parameters, input()).toFloats(), expected.tensor().toFloats()))
          .isLessThan(1e-5);
    }
  }

  private static Tensor whole(Network network, FlatParameters parameters, Tensor input) {
    Runner runner =
        new TensorRunner(Graph.record(network), parameters::get, Device.CPU, Precision.FLOAT32, 1);
    try (Passage passage = runner.over(3, 3, 3)) {
      return passage.advance(input).orElseThrow();
    }
  }

  private static Tensor input() {
    return Tensor.of(new float[] {-1, 2, -3, 4, 5, -6, 7, -8, -9}, 1, 1, 3, 3);
  }

  private record Branch(
      UnaryOperator<Features> head, UnaryOperator<Features> tail, List<Parameter> parameters)
      implements Network {

    Branch(UnaryOperator<Features> head, UnaryOperator<Features> tail) {
      this(head, tail, List.of());
    }

    @Override
    public Features forward(Features x) {
      return tail.apply(head.apply(x));
    }

    @Override
    public int inputChannels() {
      return 1;
    }

    @Override
    public int sizeMultiple() {
      return 1;
    }
  }
}
