package io.esrgan.weights;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of ncnn, written here as its documentation has the format. */
class NcnnTest {
  private static final RrdbConfig TINY = new RrdbConfig(3, 3, 5, 3, 2, 4, 1, false);
  private static final int PLAIN = 0;
  private static final int HALVES = 0x01306B47;
  private static final int BYTES = 0x000D4B38;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "4,1", "2,2", "8,1"})
  void rrdbNetworksAreReadAsTheyWereWritten(int scale, int unshuffle) throws IOException {
    GeneratorConfig config = new RrdbConfig(3, 3, 5, 3, 2, scale, unshuffle, false);
    StateDict weights = random(config);
    GeneratorFile read = Weights.readGenerator(write(weights, PLAIN));
    assertThat(read.config()).isEqualTo(config);
    assertThat(read.container()).isEqualTo(Container.NCNN);
    assertThat(read.weights().weights()).isEqualTo(weights.weights());
  }

  @Test
  void halvesAreReadWithTheBytesThatAlignThem() throws IOException {
    StateDict weights = random(TINY); // 5 x 3 x 3 x 3 numbers first, so an odd count of halves
    GeneratorFile read = Weights.readGenerator(write(weights, HALVES));
    assertThat(read.config()).isEqualTo(TINY);
    assertThat(read.dtype()).isEqualTo(Dtype.F16);
    weights
        .weights()
        .forEach(
            (name, weight) ->
                assertThat(read.weights().get(name).floats())
                    .as(name)
                    .isEqualTo(
                        name.endsWith("bias") ? weight.floats() : weight.in(Dtype.F16).floats()));
  }

  @Test
  void compactNetworksAreReadWithTheirSlopes() throws IOException {
    GeneratorConfig config = new CompactConfig(4, 2, 2);
    StateDict weights = random(config);
    GeneratorFile read = Weights.readGenerator(write(weights, PLAIN));
    assertThat(read.config()).isEqualTo(config);
    assertThat(read.weights().weights()).isEqualTo(weights.weights());
  }

  @Test
  void quantisedWeightsAreRefused() throws IOException {
    Path file = write(random(TINY), BYTES);
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("are quantised (form 000d4b38), which is not read");
  }

  @Test
  void aFileThatIsTooShortOrTooLongIsRefused() throws IOException {
    Path file = write(random(TINY), PLAIN);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertThatThrownBy(() -> Weights.open(file)).hasMessageContaining("damaged or cut off");
    Files.write(file, Arrays.copyOf(whole, whole.length + 4));
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("has %d bytes where".formatted(whole.length + 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "InnerProduct fc 1 1 a b 0=9|line 3 is a layer \"InnerProduct\"",
        "Convolution c 1 1 a b 0=x|setting 0 of layer \"c\" is \"x\", not a whole number",
        "Convolution c 1 1 a b 0=4 1=3 6=37|layer \"c\" has 37 weights for 4 outputs of 3x3",
        "Convolution c 1 1 a b 0=999999999 1=999999999 6=999999999|layer \"c\" has 999999999",
        "Convolution|line 3 is no layer"
      })
  void aTextThatMakesNoSenseIsRefused(String layer, String message) throws IOException {
    Path file = Files.write(folder.resolve("net.bin"), new byte[4]);
    Files.writeString(folder.resolve("net.param"), "7767517\n1 1\n" + layer + "\n");
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anotherNetworkIsRefused() throws IOException {
    StateDict weights = random(new SrcnnConfig(1, 5, 3));
    Path file = write(weights, PLAIN);
    assertThatThrownBy(() -> Weights.open(file))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining("neither an RRDB network nor SRVGGNetCompact");
  }

  private static StateDict random(GeneratorConfig config) {
    Random random = new Random(7);
    Map<String, Weight> weights = new LinkedHashMap<>();
    config
        .shapes()
        .forEach(
            (name, shape) -> {
              float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
              }
              weights.put(name, Weight.of(values, shape));
            });
    return StateDict.of(weights);
  }

  private Path write(StateDict weights, int form) throws IOException {
    StringBuilder text = new StringBuilder("7767517\n0 0\nInput data 0 1 data\n");
    ByteBuffer numbers = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    weights
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.rank() == 4) {
                text.append(
                    "Convolution %s 1 1 a b 0=%d 1=%d 4=1 5=1 6=%d\nReLU r 1 1 b c 0=2.0e-01\n"
                        .formatted(name, weight.extent(0), weight.extent(2), weight.size()));
                numbers.putInt(form);
                numbers.put((form == HALVES ? weight.in(Dtype.F16) : weight).bytes());
                while (numbers.position() % 4 != 0) {
                  numbers.put((byte) 0);
                }
              } else {
                if (name.endsWith("weight")) {
                  text.append("PReLU %s 1 1 a b 0=%d\n".formatted(name, weight.size()));
                }
                numbers.put(weight.bytes());
              }
            });
    Files.write(folder.resolve("net.param"), text.toString().getBytes(US_ASCII));
    return Files.write(
        folder.resolve("net.bin"), Arrays.copyOf(numbers.array(), numbers.position()));
  }
}
