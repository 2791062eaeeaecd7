package io.esrgan.exec;

import io.esrgan.nn.Features;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Live;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Computes a graph operation by operation and frees every feature map after its last reader.
 *
 * <p>Computes on the thread that made the parameters.
 */
final class GraphRunner {
  private final Graph graph;
  private final int[] lastReaders;
  private final Function<Parameter, Tensor> numbers;

  GraphRunner(Graph graph, FlatParameters parameters) {
    this.graph = graph;
    this.lastReaders = graph.lastReaders();
    this.numbers = parameters::get;
  }

  /**
   * The network's output for {@code input} (n, c, h, w), in the parameters' precision; the caller's
   * scope owns it.
   */
  Tensor run(Tensor input) {
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      Live[] results = new Live[graph.nodes().size()];
      for (Graph.Node node : graph.nodes()) {
        results[node.index()] =
            node.index() == 0 ? new Live(input, numbers) : compute(node, results);
        for (Graph.Node read : node.inputs()) {
          // The input belongs to the caller.
          if (read.index() > 0 && lastReaders[read.index()] == node.index()) {
            results[read.index()].tensor().close();
          }
        }
      }
      return scope.keep(results[graph.output().index()].tensor());
    }
  }

  private static Live compute(Graph.Node node, Live[] results) {
    List<Features> inputs = new ArrayList<>(node.inputs().size());
    for (Graph.Node input : node.inputs()) {
      inputs.add(results[input.index()]);
    }
    return (Live) node.operation().apply(inputs);
  }
}
