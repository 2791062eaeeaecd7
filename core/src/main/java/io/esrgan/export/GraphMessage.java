package io.esrgan.export;

import io.esrgan.nn.Features;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.Dtype;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX's GraphProto: a recorded graph, each of its operations applied to {@link Value}s, which
 * write down an operator or a few. Batch, height and width are open.
 */
final class GraphMessage {
  static final String INPUT = "input";
  static final String OUTPUT = "output";

  private static final int NODE = 1;
  private static final int NAME = 2;
  private static final int INITIALIZER = 5;
  private static final int INPUT_INFO = 11;
  private static final int OUTPUT_INFO = 12;

  // ValueInfoProto and, within it, the type of a tensor
  private static final int VALUE_NAME = 1;
  private static final int VALUE_TYPE = 2;
  private static final int TENSOR_TYPE = 1;
  private static final int ELEMENT_TYPE = 1;
  private static final int SHAPE = 2;
  private static final int DIMENSION = 1;
  private static final int EXTENT = 1;
  private static final int OPEN_EXTENT = 2;

  // TensorProto
  private static final int TENSOR_DIMENSION = 1;
  private static final int TENSOR_DATA_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW_DATA = 9;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private final Graph graph;
  private final StateDict weights;
  private final List<Message> nodes = new ArrayList<>();
  private final Map<String, Message> tensors = new LinkedHashMap<>();
  private Graph.Node current;

  private GraphMessage(Graph graph, StateDict weights) {
    this.graph = graph;
    this.weights = weights;
  }

  /**
   * The message of a graph with its numbers.
   *
   * @throws java.util.NoSuchElementException if a weight is missing
   * @throws IllegalArgumentException if one has another shape than the network wants
   */
  static Message of(String name, Graph graph, StateDict weights) {
    return new GraphMessage(graph, weights).message(name);
  }

  private Message message(String name) {
    List<Features> values = new ArrayList<>();
    Graph.Node input = graph.nodes().get(0);
    values.add(new Value(this, input));
    for (Graph.Node node : graph.nodes().subList(1, graph.nodes().size())) {
      current = node;
      values.add(
          node.operation()
              .apply(node.inputs().stream().map(read -> values.get(read.index())).toList()));
    }
    Message message = new Message();
    nodes.forEach(node -> message.message(NODE, node));
    message.text(NAME, name);
    tensors.values().forEach(tensor -> message.message(INITIALIZER, tensor));
    return message
        .message(INPUT_INFO, picture(INPUT, input, "height", "width"))
        .message(OUTPUT_INFO, picture(OUTPUT, graph.output(), "output_height", "output_width"));
  }

  private static Message picture(String name, Graph.Node node, String height, String width) {
    Message shape =
        new Message()
            .message(DIMENSION, new Message().text(OPEN_EXTENT, "batch"))
            .message(DIMENSION, new Message().number(EXTENT, node.channels()))
            .message(DIMENSION, new Message().text(OPEN_EXTENT, height))
            .message(DIMENSION, new Message().text(OPEN_EXTENT, width));
    Message tensor = new Message().number(ELEMENT_TYPE, FLOAT).message(SHAPE, shape);
    return new Message()
        .text(VALUE_NAME, name)
        .message(VALUE_TYPE, new Message().message(TENSOR_TYPE, tensor));
  }

  /** The node whose operation is being written down. */
  Graph.Node current() {
    return current;
  }

  /** What a node's result is called. */
  String nameOf(Graph.Node node) {
    return node.index() == 0
        ? INPUT
        : node.index() == graph.output().index() ? OUTPUT : "value_" + node.index();
  }

  void add(NodeMessage node) {
    nodes.add(node.message());
  }

  /** A parameter's numbers, by its name. */
  String tensor(Parameter parameter) {
    return tensor(parameter.name(), parameter.from(weights));
  }

  /** A parameter of one number, or of one a channel, so that it meets the channels of a picture. */
  String channelTensor(Parameter parameter) {
    float[] numbers = parameter.from(weights).floats();
    return tensor(parameter.name(), Weight.of(numbers, numbers.length, 1, 1));
  }

  /** Numbers under a name, which is that of the same numbers wherever it occurs. */
  String tensor(String name, Weight numbers) {
    tensors.computeIfAbsent(name, unknown -> message(name, numbers));
    return name;
  }

  /** Fractions as float32, converted when they are written; whole numbers of 64 bits. */
  private static Message message(String name, Weight numbers) {
    boolean fractions = numbers.dtype().floating();
    Message message = new Message();
    for (long extent : numbers.shape()) {
      message.number(TENSOR_DIMENSION, extent);
    }
    int bytes = fractions ? Float.BYTES : Long.BYTES;
    return message
        .number(TENSOR_DATA_TYPE, fractions ? FLOAT : INT64)
        .text(TENSOR_NAME, name)
        .bytes(
            TENSOR_RAW_DATA,
            (long) numbers.size() * bytes,
            out ->
                Channels.newChannel(out)
                    .write((fractions ? numbers.in(Dtype.F32) : numbers).bytes()));
  }
}
