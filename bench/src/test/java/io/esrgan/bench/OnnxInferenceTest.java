package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.esrgan.exec.Executor;
import io.esrgan.model.Generators;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.BatchNorm2d;
import io.esrgan.nn.Blueprint;
import io.esrgan.nn.ChannelAttention;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.nn.Interpolation;
import io.esrgan.nn.Live;
import io.esrgan.nn.Network;
import io.esrgan.nn.PRelu;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.CompactConfig;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.EdsrConfig;
import io.esrgan.weights.EnhanceNetConfig;
import io.esrgan.weights.GeneratorConfig;
import io.esrgan.weights.MsrResNetConfig;
import io.esrgan.weights.RcanConfig;
import io.esrgan.weights.ResidualConfig;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.SrResNetConfig;
import io.esrgan.weights.SrcnnConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The file that the library writes of a network computes what the library computes. */
class OnnxInferenceTest {
  private static final double ROUNDING = Agreement.tolerance(Precision.FLOAT32);

  @ParameterizedTest
  @CsvSource({
    "3, 4, 1, false, 7, 13",
    "3, 4, 1, false, 32, 9",
    "3, 4, 1, true, 11, 5",
    "1, 4, 1, false, 6, 17",
    "3, 8, 1, false, 3, 5",
    "3, 2, 1, false, 5, 3",
    "3, 2, 2, false, 14, 6",
    "3, 1, 4, false, 12, 20",
    "1, 1, 2, true, 10, 14"
  })
  void generatorsGiveTheExecutorsPicture(
      int channels, int scale, int unshuffle, boolean plus, int height, int width)
      throws IOException {
    RrdbNet network =
        new RrdbNet(new RrdbConfig(channels, channels, 8, 4, 2, scale, unshuffle, plus));
    Executor.Settings settings =
        new Executor.Settings(Device.CPU, Precision.FLOAT32, Long.MAX_VALUE);
    try (Scope scope = Scope.open()) {
      FlatParameters parameters = parameters(network);
      Executor executor = new Executor(network, parameters, settings);
      float[] picture = noise(channels * height * width);
      long[] shape = {1, channels, height, width};
      float[] expected = executor.run(Tensor.of(picture, shape)).toFloats();
      float[] actual = run(network, parameters, picture, shape);
      assertThat(actual).hasSize(channels * height * width * scale * scale);
      assertThat(Agreement.difference(actual, expected)).isLessThan(ROUNDING);
    }
  }

  @Test
  void everyOperationGivesWhatTheForwardPassGives() throws IOException {
    Everything network = new Everything();
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = parameters(network);
      float[] pictures = noise(2 * 3 * 12 * 20);
      long[] shape = {2, 3, 12, 20};
      Live expected = (Live) network.forward(new Live(Tensor.of(pictures, shape), parameters::get));
      float[] actual = run(network, parameters, pictures, shape);
      assertThat(Agreement.difference(actual, expected.tensor().toFloats())).isLessThan(ROUNDING);
    }
  }

  @Test
  void oneFileTakesPicturesOfAnyNumberAndSize() throws IOException {
    RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false));
    try (Scope scope = Scope.open();
        OnnxInference runtime =
            new OnnxInference(network, parameters(network).toStateDict().in(Dtype.F16), 1)) {
      float[] both = noise(2 * 3 * 5 * 9);
      int half = both.length / 2;
      float[] first = run(runtime, Arrays.copyOf(both, half), 1, 3, 5, 9);
      float[] second = run(runtime, Arrays.copyOfRange(both, half, both.length), 1, 3, 5, 9);
      float[] together = run(runtime, both, 2, 3, 5, 9);
      assertThat(Arrays.copyOf(together, first.length)).containsExactly(first);
      assertThat(Arrays.copyOfRange(together, first.length, together.length))
          .containsExactly(second);
      assertThat(run(runtime, noise(3), 1, 3, 1, 1)).hasSize(3 * 4 * 4);
    }
  }

  private static float[] run(
      Network network, FlatParameters parameters, float[] pictures, long... shape)
      throws IOException {
    try (OnnxInference runtime = new OnnxInference(network, parameters.toStateDict(), 1)) {
      return run(runtime, pictures, shape);
    }
  }

  private static float[] run(OnnxInference runtime, float[] pictures, long... shape) {
    try (OnnxTensor low = runtime.picture(pictures, shape);
        OrtSession.Result high = runtime.run(low)) {
      return OnnxInference.floats(high);
    }
  }

  private static FlatParameters parameters(Network network) {
    FlatParameters parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 1);
    return parameters;
  }

  private static float[] noise(int count) {
    SplittableRandom random = new SplittableRandom(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  static List<GeneratorConfig> others() {
    return List.of(
        new SrcnnConfig(1, 5, 3),
        new SrcnnConfig(3, 1, 2),
        new ResidualConfig(3, 8, 2, 4, true, 0.2),
        new SrResNetConfig(8, 2, 4, true),
        new SrResNetConfig(8, 1, 2, false),
        new MsrResNetConfig(8, 2, 3, MsrResNetConfig.Form.PICTURE_SKIP),
        new MsrResNetConfig(8, 2, 4, MsrResNetConfig.Form.TRUNK_SKIP),
        new EdsrConfig(8, 2, 4, 0.1),
        new RcanConfig(8, 2, 2, 4, 4),
        new EnhanceNetConfig(8, 2),
        new CompactConfig(8, 3, 4));
  }

  @ParameterizedTest
  @MethodSource("others")
  void otherGeneratorsGiveTheirForwardPass(GeneratorConfig config) throws IOException {
    Network network = Generators.of(config);
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      FlatParameters parameters = parameters(network);
      float[] pictures = noise(2 * 3 * 7 * 9);
      long[] shape = {2, 3, 7, 9};
      Live expected = (Live) network.forward(new Live(Tensor.of(pictures, shape), parameters::get));
      float[] actual = run(network, parameters, pictures, shape);
      assertThat(Agreement.difference(actual, expected.tensor().toFloats())).isLessThan(ROUNDING);
    }
  }

  /** A network that has every kind of operation. */
  private static final class Everything implements Network {
    private final Blueprint root = Blueprint.empty();
    private final Conv2d first = new Conv2d(root.within("first"), 12, 8, 3, 2, 1, false);
    private final BatchNorm2d norm = new BatchNorm2d(root.within("norm"), 8);
    private final PRelu rectifier = new PRelu(root.within("rectifier"), 8);
    private final ChannelAttention attention =
        new ChannelAttention(
            new Conv2d(root.within("squeeze"), 4, 2, 1),
            new Conv2d(root.within("excite"), 2, 4, 1));
    private final Conv2d last = new Conv2d(root.within("last"), 4, 3, 1);

    @Override
    public Features forward(Features x) {
      Features y = rectifier.forward(norm.forward(first.forward(x.pixelUnshuffle(2))));
      Features z = y.plus(y.leakyRelu(0.25), 0.5);
      Features folded = attention.forward(z.with(z.plus(y)).pixelShuffle(2));
      Features large = folded.upsample(Interpolation.BICUBIC_CORNERS, 3);
      large = large.plus(folded.upsample(Interpolation.BICUBIC, 3));
      large = large.plus(folded.upsample(Interpolation.BILINEAR, 3));
      Features colours = last.forward(large.plus(folded.upsampleNearest(3)));
      return colours.affine(0.5, 0.1, 0.2, 0.3).mix(new double[][] {{1, 2, 3}, {0, 1, 0}});
    }

    @Override
    public List<Parameter> parameters() {
      return root.parameters();
    }

    @Override
    public int inputChannels() {
      return 3;
    }

    @Override
    public int sizeMultiple() {
      return 4;
    }
  }
}
