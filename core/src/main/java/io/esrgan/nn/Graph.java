package io.esrgan.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network's forward pass as data: its operations in the order in which they are computed.
 *
 * <p>Everything that must be known of a network without running it is read off here: its cost, how
 * far it sees, how much memory it holds at once.
 */
public final class Graph {

  /**
   * One operation at its place in the graph. Equal to itself only: to compare by value would be to
   * compare all that leads to it, along every path.
   *
   * @param index its place in the order of computation
   * @param operation what it does
   * @param inputs the nodes it reads, all earlier
   * @param channels the channels that come out
   * @param resolution their size, relative to the network's input
   */
  public record Node(
      int index, Operation operation, List<Node> inputs, int channels, Resolution resolution) {
    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return index;
    }

    @Override
    public String toString() {
      return "%d: %s of %s, %d channels"
          .formatted(index, operation, inputs.stream().map(Node::index).toList(), channels);
    }
  }

  /** Takes down what a forward pass does. */
  static final class Recorder {
    private final List<Node> nodes = new ArrayList<>();

    Node add(Operation operation, List<Node> inputs) {
      Node node =
          new Node(
              nodes.size(),
              operation,
              List.copyOf(inputs),
              operation.channels(inputs),
              operation.resolution(inputs));
      nodes.add(node);
      return node;
    }
  }

  private final List<Node> nodes;
  private final Node output;

  private Graph(List<Node> nodes, Node output) {
    this.nodes = List.copyOf(nodes);
    this.output = output;
  }

  /** The graph of a network. Allocates nothing native. */
  public static Graph record(Network network) {
    Recorder recorder = new Recorder();
    Node input = recorder.add(new Operation.Input(network.inputChannels()), List.of());
    Features result = network.forward(new Recorded(recorder, input));
    return new Graph(recorder.nodes, ((Recorded) result).node());
  }

  /** All operations, each after those it reads; the first is the input. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The operation whose result is the network's. */
  public Node output() {
    return output;
  }

  /**
   * The last node that reads each node, by index; the output is read by nobody and is kept to the
   * end.
   */
  public int[] lastReaders() {
    int[] last = new int[nodes.size()];
    for (Node node : nodes) {
      for (Node input : node.inputs()) {
        last[input.index()] = node.index();
      }
    }
    last[output.index()] = Integer.MAX_VALUE;
    return last;
  }

  /** Multiplications for one pixel of the input picture. */
  public double multiplicationsPerPixel() {
    return nodes.stream()
        .mapToDouble(n -> n.operation().multiplications() * n.resolution().area())
        .sum();
  }

  /**
   * How many numbers are held at the worst moment for one pixel of the input picture, when every
   * feature map is freed after its last reader.
   */
  public double peakElementsPerPixel() {
    int[] last = lastReaders();
    Map<Integer, Double> live = new HashMap<>();
    double held = 0;
    double peak = 0;
    for (Node node : nodes) {
      double size = node.channels() * node.resolution().area();
      live.put(node.index(), size);
      held += size;
      peak = Math.max(peak, held);
      for (Node input : node.inputs()) {
        if (last[input.index()] == node.index() && live.containsKey(input.index())) {
          held -= live.remove(input.index());
        }
      }
    }
    return peak;
  }

  /** Whether every pixel of the result depends on the whole picture. */
  public boolean seesAll() {
    return nodes.stream().anyMatch(node -> node.operation().seesAll());
  }

  /**
   * How far from its own place an output pixel still depends on the input, in pixels of the input,
   * at most; what it learns of the whole picture where the network {@link #seesAll} is left aside.
   */
  public int receptiveRadius() {
    Resolution scale = output.resolution();
    // The reach depends on where an output pixel lies in its block of input pixels: every phase is
    // traced.
    int block = nodes.stream().mapToInt(n -> n.resolution().denominator()).max().orElse(1);
    int radius = 0;
    for (int phase = 0; phase < scale.numerator() * block; phase++) {
      Interval reached = inputReach(new Interval(phase, phase));
      long place = (long) phase * scale.denominator() / scale.numerator();
      radius = (int) Math.max(radius, Math.max(place - reached.first(), reached.last() - place));
    }
    return radius;
  }

  /** The input positions along one axis that an interval of output positions depends on. */
  public Interval inputReach(Interval wanted) {
    Interval[] needed = new Interval[nodes.size()];
    needed[output.index()] = wanted;
    for (int i = nodes.size() - 1; i > 0; i--) {
      if (needed[i] != null) {
        Interval read = nodes.get(i).operation().reads(needed[i]);
        for (Node input : nodes.get(i).inputs()) {
          Interval before = needed[input.index()];
          needed[input.index()] = before == null ? read : before.union(read);
        }
      }
    }
    return needed[0];
  }

  static void requireSameSize(List<Node> inputs) {
    for (Node input : inputs) {
      if (!input.resolution().equals(inputs.get(0).resolution())) {
        throw new IllegalArgumentException(
            "feature maps of different size meet: %s and %s"
                .formatted(input.resolution(), inputs.get(0).resolution()));
      }
    }
  }
}
