package io.esrgan.exec;

import io.esrgan.nn.Graph;
import io.esrgan.nn.Operation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A graph in the order in which strips of it are computed.
 *
 * <p>Feature maps that are only put side by side are no step of their own: whoever reads them reads
 * their parts, so that no row is kept twice.
 */
final class Steps {

  /**
   * One feature map that is computed.
   *
   * @param node it in the graph
   * @param sources what the operation takes: each one feature map, or several side by side
   */
  record Step(Graph.Node node, List<List<Graph.Node>> sources) {}

  private final Graph graph;
  private final List<Step> inOrder = new ArrayList<>();
  private final List<List<Step>> readers; // by the index of what they read
  private final List<List<Graph.Node>> finished; // by the index of the last reader
  private final boolean[] shared; // whether a result may lie in the same memory as another

  Steps(Graph graph) {
    this.graph = graph;
    int count = graph.nodes().size();
    this.readers = lists(count);
    this.finished = lists(count);
    this.shared = new boolean[count];
    for (Graph.Node node : graph.nodes()) {
      if (!node.operation().ownsResult()) {
        shared[node.index()] = true;
        node.inputs().forEach(input -> shared[input.index()] = true);
      }
      if (node.index() > 0 && !isOnlyPutTogether(node)) {
        inOrder.add(new Step(node, node.inputs().stream().map(this::parts).toList()));
      }
    }
    for (Step step : inOrder) {
      step.sources().stream()
          .flatMap(List::stream)
          .distinct()
          .forEach(part -> readers.get(part.index()).add(step));
    }
    for (Graph.Node node : graph.nodes()) {
      List<Step> mine = readers.get(node.index());
      Graph.Node last = mine.isEmpty() ? node : mine.get(mine.size() - 1).node();
      finished.get(last.index()).add(node);
    }
  }

  private static <T> List<List<T>> lists(int count) {
    List<List<T>> lists = new ArrayList<>(Collections.nCopies(count, null));
    lists.replaceAll(none -> new ArrayList<>());
    return lists;
  }

  private boolean isOnlyPutTogether(Graph.Node node) {
    return node.operation() instanceof Operation.Concatenate && !isOutput(node);
  }

  private List<Graph.Node> parts(Graph.Node node) {
    return isOnlyPutTogether(node)
        ? node.inputs().stream().flatMap(input -> parts(input).stream()).toList()
        : List.of(node);
  }

  Graph graph() {
    return graph;
  }

  /** All of them, each after those it reads; the input is none. */
  List<Step> inOrder() {
    return inOrder;
  }

  /** Who reads a feature map. */
  List<Step> readers(Graph.Node node) {
    return readers.get(node.index());
  }

  /** The feature maps that no later step reads than this. */
  List<Graph.Node> finishedBy(Step step) {
    return finished.get(step.node().index());
  }

  /** Whether a feature map is the network's result. */
  boolean isOutput(Graph.Node node) {
    return node.index() == graph.output().index();
  }

  /** Whether a feature map may be overwritten by the last that reads it. */
  boolean isOverwritable(Graph.Node node) {
    return !shared[node.index()] && !isOutput(node);
  }
}
