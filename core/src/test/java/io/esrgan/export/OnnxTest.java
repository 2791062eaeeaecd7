package io.esrgan.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Features;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is in an ONNX file, read by the field numbers of {@code onnx.proto3}. Whether it computes
 * the same is for the benchmarks' tests, which have ONNX Runtime.
 */
class OnnxTest {
  private static final RrdbConfig TINY = new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false);

  @TempDir Path folder;

  @Test
  void theFileSaysWhatItIsAndWhatItTakes() throws IOException {
    RrdbNet network = new RrdbNet(new RrdbConfig(3, 3, 8, 4, 1, 2, 2, false));
    StateDict weights = weights(network).withMetadata(Map.of("name", "tiny", "licence", "CC0"));
    ReadMessage model = write(network, weights);
    assertThat(model.number(1)).isEqualTo(8);
    assertThat(model.text(2)).isEqualTo("esrgan");
    assertThat(model.message(8).number(2)).isEqualTo(17);
    assertThat(model.message(8).has(1)).isFalse(); // the operators are ONNX's own
    Map<String, String> metadata = new LinkedHashMap<>();
    model.messages(14).forEach(entry -> metadata.put(entry.text(1), entry.text(2)));
    assertThat(metadata)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("name", "tiny", "licence", "CC0", "scale", "2", "size_multiple", "2"));

    ReadMessage graph = model.message(7);
    assertThat(graph.text(2)).isEqualTo("tiny");
    assertThat(picture(graph.message(11)))
        .containsExactly("input", "batch", "3", "height", "width");
    assertThat(picture(graph.message(12)))
        .containsExactly("output", "batch", "3", "output_height", "output_width");
  }

  private static List<String> picture(ReadMessage value) {
    ReadMessage tensor = value.message(2).message(1);
    assertThat(tensor.number(1)).isEqualTo(1); // float32
    List<String> described = new ArrayList<>(List.of(value.text(1)));
    for (ReadMessage dimension : tensor.message(2).messages(1)) {
      described.add(dimension.has(1) ? "" + dimension.number(1) : dimension.text(2));
    }
    return described;
  }

  @Test
  void everyWeightIsThereInFloat32() throws IOException {
    RrdbNet network = new RrdbNet(TINY);
    StateDict half = weights(network).in(Dtype.F16);
    Map<String, ReadMessage> tensors = tensors(write(network, half));
    half.weights()
        .forEach(
            (name, weight) -> {
              ReadMessage tensor = tensors.get(name);
              assertThat(tensor.number(2)).isEqualTo(1);
              assertThat(tensor.numbers(1).stream().mapToLong(Long::longValue).toArray())
                  .isEqualTo(weight.shape());
              assertThat(ByteBuffer.wrap(tensor.bytes(9))).isEqualTo(weight.in(Dtype.F32).bytes());
            });
  }

  @Test
  void everyOperationHasItsOperator() throws IOException {
    Everything network = new Everything();
    ReadMessage graph = write(network, weights(network)).message(7);
    List<ReadMessage> nodes = graph.messages(1);
    assertThat(nodes)
        .extracting(node -> node.text(4))
        .containsExactly(
            "Reshape",
            "SpaceToDepth",
            "Reshape",
            "Conv",
            "LeakyRelu",
            "Mul",
            "Add",
            "Add",
            "Concat",
            "DepthToSpace",
            "Resize",
            "Conv");
    assertThat(nodes).extracting(node -> node.text(3)).doesNotHaveDuplicates();
    assertThat(attributes(nodes.get(1))).containsExactly(Map.entry("blocksize", 2L));
    assertThat(attributes(nodes.get(3)))
        .containsOnly(
            Map.entry("kernel_shape", List.of(3L, 3L)),
            Map.entry("strides", List.of(2L, 2L)),
            Map.entry("pads", List.of(1L, 1L, 1L, 1L)));
    assertThat(nodes.get(3).texts(1)).hasSize(2).contains("first.weight");
    assertThat(attributes(nodes.get(4))).containsExactly(Map.entry("alpha", 0.25f));
    assertThat(attributes(nodes.get(8))).containsExactly(Map.entry("axis", 1L));
    assertThat(attributes(nodes.get(9)))
        .containsOnly(Map.entry("blocksize", 2L), Map.entry("mode", "CRD"));
    assertThat(attributes(nodes.get(10)))
        .containsOnly(
            Map.entry("mode", "nearest"),
            Map.entry("coordinate_transformation_mode", "asymmetric"),
            Map.entry("nearest_mode", "floor"));
    assertThat(nodes.get(10).texts(1)).containsExactly("value_7", "", "scales_3");
    assertThat(nodes.get(11).texts(1)).hasSize(3).endsWith("last.weight", "last.bias");
    assertThat(nodes.get(11).texts(2)).containsExactly("output");
  }

  @Test
  void everyValueIsWrittenBeforeItIsRead() throws IOException {
    for (Network network :
        List.of(
            new RrdbNet(TINY),
            new RrdbNet(new RrdbConfig(1, 1, 8, 4, 2, 1, 4, true)),
            new Everything())) {
      ReadMessage model = write(network, weights(network));
      Set<String> known = new HashSet<>(tensors(model).keySet());
      known.add("input");
      known.add("");
      for (ReadMessage node : model.message(7).messages(1)) {
        assertThat(known).containsAll(node.texts(1));
        assertThat(known.add(node.text(2))).isTrue();
      }
      assertThat(known).contains("output");
    }
  }

  @Test
  void aFileThatIsThereIsReplacedOnlyIfAsked() throws IOException {
    Path file = Files.writeString(folder.resolve("taken.onnx"), "precious");
    RrdbNet network = new RrdbNet(TINY);
    StateDict weights = weights(network);
    assertThatThrownBy(() -> Onnx.write(file, network, weights, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("precious");
    Onnx.write(file, network, weights, true);
    assertThat(new ReadMessage(Files.readAllBytes(file)).has(7)).isTrue();
  }

  @Test
  void weightsThatDoNotFitLeaveNothing() {
    Path file = folder.resolve("none.onnx");
    StateDict others = weights(new RrdbNet(new RrdbConfig(3, 3, 4, 4, 1, 4, 1, false)));
    assertThatThrownBy(() -> Onnx.write(file, new RrdbNet(TINY), others, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv_first.weight");
    assertThatThrownBy(() -> Onnx.write(file, new RrdbNet(TINY), StateDict.of(Map.of()), true))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(file).doesNotExist();
  }

  @Test
  void moreThanTwoGigabytesAreRefusedBeforeAnythingIsWritten() {
    Message large = new Message().bytes(9, 3L << 30, out -> {});
    Message larger = new Message().message(7, large);
    assertThat(larger.size()).isEqualTo((3L << 30) + 6 + 6); // each a tag and a length of five
    Path file = folder.resolve("large.onnx");
    assertThatThrownBy(() -> Onnx.requireSize(file, larger.size()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3,221,225,484 bytes")
        .hasMessageContaining("safetensors");
  }

  @Test
  void numbersOfAnySizeAreRead() throws IOException {
    long[] numbers = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE};
    for (long number : numbers) {
      Message message = new Message().number(20, number).fraction(2, -0.2f).text(3, "naïve");
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      message.writeTo(out);
      ReadMessage read = new ReadMessage(out.toByteArray());
      assertThat(out.size()).isEqualTo(message.size());
      assertThat(read.number(20)).isEqualTo(number);
      assertThat(read.fraction(2)).isEqualTo(-0.2f);
      assertThat(read.text(3)).isEqualTo("naïve");
    }
  }

  private ReadMessage write(Network network, StateDict weights) throws IOException {
    Path file = folder.resolve("written.onnx");
    Onnx.write(file, network, weights, true);
    return new ReadMessage(Files.readAllBytes(file));
  }

  private static Map<String, ReadMessage> tensors(ReadMessage model) {
    Map<String, ReadMessage> tensors = new LinkedHashMap<>();
    for (ReadMessage tensor : model.message(7).messages(5)) {
      assertThat(tensors.put(tensor.text(8), tensor)).isNull();
    }
    return tensors;
  }

  private static Map<String, Object> attributes(ReadMessage node) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    for (ReadMessage attribute : node.messages(5)) {
      attributes.put(
          attribute.text(1),
          switch ((int) attribute.number(20)) {
            case 1 -> attribute.fraction(2);
            case 2 -> attribute.number(3);
            case 3 -> attribute.text(4);
            case 7 -> attribute.numbers(8);
            default -> throw new AssertionError("an attribute of type " + attribute.number(20));
          });
    }
    return attributes;
  }

  private static StateDict weights(Network network) {
    Random random = new Random(3);
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      float[] values = new float[(int) parameter.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      weights.put(parameter.name(), Weight.of(values, parameter.shape()));
    }
    return StateDict.of(weights);
  }

  /** A network that has every kind of operation. */
  private static final class Everything implements Network {
    private final Blueprint root = Blueprint.empty();
    private final Conv2d first = new Conv2d(root.within("first"), 12, 8, 3, 2, 1, false);
    private final Conv2d last = new Conv2d(root.within("last"), 4, 3, 1);

    @Override
    public Features forward(Features x) {
      Features y = first.forward(x.pixelUnshuffle(2));
      Features z = y.plus(y.leakyRelu(0.25), 0.5);
      return last.forward(z.with(z.plus(y)).pixelShuffle(2).upsampleNearest(3));
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
