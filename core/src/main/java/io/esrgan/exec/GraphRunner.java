package io.esrgan.exec;

import io.esrgan.nn.Features;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Live;
import io.esrgan.nn.Numbers;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes a graph operation by operation and frees every feature map after its last reader, or
 * lets that reader write its own result there.
 *
 * <p>Computes on the thread that made the parameters.
 */
final class GraphRunner {
  private final Graph graph;
  private final int[] lastReaders;
  private final boolean[] shared; // whether a result may lie in the same memory as another
  private final Numbers numbers;

  GraphRunner(Graph graph, FlatParameters parameters) {
    this.graph = graph;
    this.lastReaders = graph.lastReaders();
    this.shared = new boolean[graph.nodes().size()];
    for (Graph.Node node : graph.nodes()) {
      if (!node.operation().ownsResult()) {
        shared[node.index()] = true;
        node.inputs().forEach(input -> shared[input.index()] = true);
      }
    }
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
      results[0] = new Live(input, numbers);
      for (Graph.Node node : graph.nodes().subList(1, graph.nodes().size())) {
        Live result = compute(node, results);
        results[node.index()] = result;
        for (Graph.Node read : node.inputs()) {
          Tensor old = results[read.index()].tensor();
          if (isLastRead(read, node) && old != result.tensor()) {
            old.close();
          }
        }
      }
      return scope.keep(results[graph.output().index()].tensor());
    }
  }

  private Live compute(Graph.Node node, Live[] results) {
    List<Features> inputs = new ArrayList<>(node.inputs().size());
    for (Graph.Node input : node.inputs()) {
      inputs.add(results[input.index()]);
    }
    Graph.Node first = node.inputs().get(0);
    return isLastRead(first, node) && !shared[first.index()]
        ? node.operation().applyInPlace(inputs)
        : (Live) node.operation().apply(inputs);
  }

  /** Whether nobody reads {@code read} after {@code node}; the input belongs to the caller. */
  private boolean isLastRead(Graph.Node read, Graph.Node node) {
    return read.index() > 0 && lastReaders[read.index()] == node.index();
  }
}
