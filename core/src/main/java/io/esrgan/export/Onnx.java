package io.esrgan.export;

import io.esrgan.file.WholeFile;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Network;
import io.esrgan.weights.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes networks as ONNX, so that other programs run them.
 *
 * <p>The file holds float32 and is for pictures of any number, height and width: {@code input} (n,
 * c, h, w) in [0, 1] gives {@code output}, unbounded. Where the network folds pixels, height and
 * width must be multiples of what the file's metadata call {@code size_multiple}. ONNX ends at 2
 * GB.
 */
public final class Onnx {
  /** The version of ONNX's operators: any reader since 2022 has it. */
  static final int OPSET = 17;

  private static final int IR_VERSION = 8; // that of the first ONNX to have the opset
  private static final long LARGEST = Integer.MAX_VALUE; // of a message of Protocol Buffers

  // ModelProto
  private static final int IR = 1;
  private static final int PRODUCER = 2;
  private static final int DESCRIPTION = 6;
  private static final int GRAPH = 7;
  private static final int OPERATORS = 8;
  private static final int OPERATORS_VERSION = 2;
  private static final int METADATA = 14;
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private Onnx() {}

  /**
   * Writes a network with its numbers, whole or not at all.
   *
   * @param weights the network's, by name; their metadata go along
   * @param overwrite whether a file that is there is replaced
   * @throws java.nio.file.FileAlreadyExistsException if there is one that must not be
   * @throws IOException if it cannot be written, or would be too large
   * @throws java.util.NoSuchElementException if a weight is missing
   * @throws IllegalArgumentException if one has another shape than the network wants
   */
  public static void write(Path file, Network network, StateDict weights, boolean overwrite)
      throws IOException {
    Message model = model(network, weights);
    requireSize(file, model.size());
    if (overwrite) {
      WholeFile.replace(file, model::writeTo);
    } else {
      WholeFile.create(file, model::writeTo);
    }
  }

  static void requireSize(Path file, long bytes) throws IOException {
    if (bytes > LARGEST) {
      throw new IOException(
          "%s would have %,d bytes, but ONNX ends at %,d; write safetensors instead"
              .formatted(file, bytes, LARGEST));
    }
  }

  private static Message model(Network network, StateDict weights) {
    Graph graph = Graph.record(network);
    Map<String, String> metadata = new TreeMap<>(weights.metadata());
    metadata.put("scale", Integer.toString(graph.output().resolution().numerator()));
    metadata.put("size_multiple", Integer.toString(network.sizeMultiple()));
    Message model =
        new Message()
            .number(IR, IR_VERSION)
            .text(PRODUCER, "esrgan")
            .text(DESCRIPTION, "Super-resolution; samples in [0, 1], channels before rows.")
            .message(
                GRAPH, GraphMessage.of(metadata.getOrDefault("name", "esrgan"), graph, weights))
            .message(OPERATORS, new Message().number(OPERATORS_VERSION, OPSET));
    metadata.forEach(
        (key, value) -> model.message(METADATA, new Message().text(KEY, key).text(VALUE, value)));
    return model;
  }
}
