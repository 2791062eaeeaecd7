package io.esrgan.exec;

import io.esrgan.nn.Conv2d;
import io.esrgan.nn.Graph;
import io.esrgan.nn.Operation;
import io.esrgan.nn.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A graph as steps over rows: rectifiers and residuals are folded into the convolutions before
 * them, concatenations become windows that several convolutions read, and a convolution behind a
 * doubling of the size is computed on the small feature maps.
 *
 * <p>When a picture is taken in by strips, what comes out of a step lags behind: a convolution by
 * three rows knows its last row but one. The lag of feature maps is how many of their rows are
 * missing, compared to the input's.
 *
 * <p>Where it is asked for, convolutions by three rows at the input's resolution are computed for
 * pairs of rows, by Winograd's minimal filtering: four products for each two rows, where six are
 * needed otherwise (Lavin and Gray 2016, section 4.1, F(2, 3), along the columns). Feature maps are
 * in pairs there.
 */
final class Lowering {

  /**
   * Feature maps that are kept in memory.
   *
   * @param index of the node whose result they are
   * @param channels how many there are
   * @param resolution their size
   * @param lag rows that they are behind, in rows of their own
   * @param alone whether convolutions only read them, and never beside others
   * @param paired whether their even rows lie before their odd ones; their lag is even then
   */
  record Maps(
      int index, int channels, Resolution resolution, int lag, boolean alone, boolean paired) {}

  /**
   * Feature maps in a window.
   *
   * @param maps which
   * @param firstReader the place among the window's readers of the first that reads them
   */
  record Member(Maps maps, int firstReader) {}

  /** Rows of several feature maps side by side, read by convolutions one after the other. */
  static final class Window {
    private final int halo;
    private final boolean doubled;
    private final boolean paired;
    private final Resolution resolution;
    private final List<Member> members = new ArrayList<>();
    private final List<Integer> readers = new ArrayList<>();

    private Window(int halo, boolean doubled, Maps first) {
      this.halo = halo;
      this.doubled = doubled;
      this.paired = first.paired();
      this.resolution = first.resolution();
    }

    /** Rows above and below its own that a convolution reads. */
    int halo() {
      return halo;
    }

    /** Whether its feature maps are doubled in size when they are read. */
    boolean isDoubled() {
      return doubled;
    }

    /** Whether its feature maps are in pairs of rows. */
    boolean isPaired() {
      return paired;
    }

    Resolution resolution() {
      return resolution;
    }

    List<Member> members() {
      return members;
    }

    /** What it holds of feature maps; empty if they are none of its. */
    Optional<Member> member(Maps maps) {
      return members.stream().filter(member -> member.maps().equals(maps)).findFirst();
    }

    /** The lag of what each reader gives, in rows of the window's resolution; never decreasing. */
    List<Integer> readers() {
      return readers;
    }

    private boolean fits(List<Maps> parts, int wantedHalo, boolean wantedDoubled, int lag) {
      int last = readers.get(readers.size() - 1);
      // Without a halo, a row would come in again at the moment it goes, so nobody moves up there.
      boolean movesUp = halo > 0 && lag > last;
      if (halo != wantedHalo
          || doubled != wantedDoubled
          || paired != parts.get(0).paired()
          || !resolution.equals(parts.get(0).resolution())
          || (lag != last && !movesUp)) {
        return false;
      }
      for (int i = 0; i < Math.min(parts.size(), members.size()); i++) {
        if (!parts.get(i).equals(members.get(i).maps())) {
          return false;
        }
      }
      return true;
    }

    private int add(List<Maps> parts, int lag) {
      int reader = readers.size();
      readers.add(lag);
      for (Maps part : parts.subList(Math.min(members.size(), parts.size()), parts.size())) {
        members.add(new Member(part, reader));
      }
      return reader;
    }
  }

  /** One thing that is done at every strip. */
  sealed interface Step {
    /** What comes out. */
    Maps target();
  }

  /**
   * A convolution.
   *
   * @param layer the convolution
   * @param window what it reads
   * @param reader its place among the window's readers
   * @param parts the feature maps that it reads, the window's first ones
   * @param factor what its result is multiplied by
   * @param slope of the rectifier behind it
   * @param onto what its result is added to
   * @param target what comes out
   */
  record Convolve(
      Conv2d layer,
      Window window,
      int reader,
      List<Maps> parts,
      double factor,
      OptionalDouble slope,
      Optional<Maps> onto,
      Maps target)
      implements Step {

    /** Whether what it reads is doubled in size first. */
    boolean isDoubled() {
      return window.isDoubled();
    }

    /** Whether what it is added to lies in the rows that it reads anyway. */
    boolean isOntoOwnInput() {
      return onto.isPresent() && !window.isPaired() && parts.contains(onto.get());
    }
  }

  /** {@code first + scale * second}. */
  record Add(Maps target, Maps first, Maps second, double scale) implements Step {}

  /** The same rows, from pairs or in pairs. */
  record Regroup(Maps target, Maps source) implements Step {}

  /** What cannot be lowered is computed in another way. */
  private static final class Unsupported extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Graph graph;
  private final boolean pairing;
  private final Map<Integer, List<Graph.Node>> readers = new HashMap<>();
  private final Map<Integer, Maps> made = new HashMap<>();
  private final Map<Integer, Maps> regrouped = new HashMap<>();
  private final List<Window> windows = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private Maps input;
  private Maps output;

  private Lowering(Graph graph, boolean pairing) {
    this.graph = graph;
    this.pairing = pairing;
  }

  /**
   * The steps of a graph; empty if it has operations that are not known here, or not in pairs.
   *
   * @param pairing whether to compute pairs of rows
   */
  static Optional<Lowering> of(Graph graph, boolean pairing) {
    Lowering lowering = new Lowering(graph, pairing);
    try {
      lowering.lower();
      return Optional.of(lowering);
    } catch (Unsupported e) {
      return Optional.empty();
    }
  }

  /** What these are the steps of. */
  Graph graph() {
    return graph;
  }

  /** What the picture's rows become: the input itself, or its pixels folded into channels. */
  Maps input() {
    return input;
  }

  /** How many pixels are folded into channels before anything else, along one axis. */
  int unshuffle() {
    return input.resolution().denominator();
  }

  /** The network's result. */
  Maps output() {
    return output;
  }

  /** Whether there are pairs of rows, so that strips have an even number of rows. */
  boolean isPaired() {
    return pairing;
  }

  /** How many feature maps those in pairs have a part in, on average; 0 if there are none. */
  double resultsOfAPair() {
    double products = 0;
    for (Step step : steps) {
      if (step instanceof Convolve convolve && convolve.window().isPaired()) {
        products += (double) convolve.layer().inputs() * convolve.layer().outputs();
      }
    }
    double read = 0;
    for (Window window : windows) {
      for (Member member : window.members()) {
        read += window.isPaired() ? member.maps().channels() : 0;
      }
    }
    return read == 0 ? 0 : products / read;
  }

  /** In the order in which they are computed. */
  List<Step> steps() {
    return steps;
  }

  List<Window> windows() {
    return windows;
  }

  private void lower() throws Unsupported {
    for (Graph.Node node : graph.nodes()) {
      node.inputs()
          .forEach(read -> readers.computeIfAbsent(read.index(), i -> new ArrayList<>()).add(node));
    }
    for (Graph.Node node : graph.nodes()) {
      lower(node);
    }
    output = made(graph.output(), false);
    if (steps.isEmpty()) {
      throw new Unsupported();
    }
  }

  private void lower(Graph.Node node) throws Unsupported {
    if (node.operation() instanceof Operation.Input) {
      input = keep(node, 0);
    } else if (node.operation() instanceof Operation.PixelUnshuffle) {
      unshuffle(node);
    } else if (node.operation() instanceof Operation.Convolution convolution) {
      Graph.Node behind = onlyReader(node);
      if (behind != null && behind.operation() instanceof Operation.LeakyRelu rectifier) {
        convolve(convolution.layer(), node, behind, OptionalDouble.of(rectifier.slope()));
      } else if (!isFolded(node, behind)) {
        convolve(convolution.layer(), node, node, OptionalDouble.empty());
      }
    } else if (node.operation() instanceof Operation.Add add) {
      add(node, add.scale());
    } else if (!isPassedOver(node)) {
      throw new Unsupported();
    }
  }

  /** Rectifiers that convolutions took along, and what convolutions resolve when they read it. */
  private boolean isPassedOver(Graph.Node node) {
    if (node.operation() instanceof Operation.LeakyRelu) {
      return made.containsKey(node.index());
    }
    boolean known =
        node.operation() instanceof Operation.Concatenate
            || (node.operation() instanceof Operation.UpsampleNearest upsample
                && upsample.factor() == 2);
    return known && !node.equals(graph.output());
  }

  private void unshuffle(Graph.Node node) throws Unsupported {
    if (!node.inputs().get(0).equals(graph.nodes().get(0))
        || onlyReader(graph.nodes().get(0)) == null) {
      throw new Unsupported();
    }
    input = keep(node, 0);
  }

  /** Whether a convolution is computed together with the sum that alone reads it. */
  private static boolean isFolded(Graph.Node node, Graph.Node behind) {
    return behind != null
        && behind.operation() instanceof Operation.Add
        && behind.inputs().get(1).equals(node)
        && !behind.inputs().get(0).equals(node)
        && !isDoubled(node);
  }

  private static boolean isDoubled(Graph.Node convolution) {
    return convolution.inputs().get(0).operation() instanceof Operation.UpsampleNearest;
  }

  private Graph.Node onlyReader(Graph.Node node) {
    List<Graph.Node> all = readers.getOrDefault(node.index(), List.of());
    return all.size() == 1 && !node.equals(graph.output()) ? all.get(0) : null;
  }

  private Maps keep(Graph.Node node, int lag) {
    boolean paired = input != null && isInPairs(node);
    Maps maps =
        new Maps(node.index(), node.channels(), node.resolution(), lag, isReadAlone(node), paired);
    made.put(node.index(), maps);
    return maps;
  }

  private boolean isInPairs(Graph.Node node) {
    return pairing && node.resolution().equals(input.resolution());
  }

  private boolean isReadAlone(Graph.Node node) {
    boolean convolved =
        node.operation() instanceof Operation.Convolution
            || node.operation() instanceof Operation.LeakyRelu;
    List<Graph.Node> all = readers.getOrDefault(node.index(), List.of());
    return convolved
        && !all.isEmpty()
        && !node.equals(graph.output())
        && all.stream().allMatch(this::isConvolving);
  }

  /** Whether it is a convolution, or a doubling that only convolutions read. */
  private boolean isConvolving(Graph.Node node) {
    if (node.operation() instanceof Operation.UpsampleNearest) {
      return readers.getOrDefault(node.index(), List.of()).stream()
          .allMatch(reader -> reader.operation() instanceof Operation.Convolution);
    }
    return node.operation() instanceof Operation.Convolution;
  }

  private Maps made(Graph.Node node) throws Unsupported {
    Maps maps = made.get(node.index());
    if (maps == null) {
      throw new Unsupported();
    }
    return maps;
  }

  private Maps made(Graph.Node node, boolean paired) throws Unsupported {
    Maps maps = made(node);
    return maps.paired() == paired
        ? maps
        : regrouped.computeIfAbsent(node.index(), index -> regroup(maps, paired));
  }

  private Maps regroup(Maps maps, boolean paired) {
    int index = graph.nodes().size() + maps.index();
    Maps target =
        new Maps(index, maps.channels(), maps.resolution(), maps.lag(), maps.alone(), paired);
    steps.add(new Regroup(target, maps));
    return target;
  }

  private List<Maps> parts(Graph.Node node, boolean paired) throws Unsupported {
    if (!(node.operation() instanceof Operation.Concatenate)) {
      return List.of(made(node, paired));
    }
    List<Maps> parts = new ArrayList<>();
    for (Graph.Node part : node.inputs()) {
      parts.addAll(parts(part, paired));
    }
    return List.copyOf(parts);
  }

  private void convolve(Conv2d layer, Graph.Node node, Graph.Node target, OptionalDouble slope)
      throws Unsupported {
    boolean doubled = isDoubled(node);
    Graph.Node read = node.inputs().get(0);
    List<Maps> parts = doubled ? parts(read.inputs().get(0), false) : parts(read, isInPairs(read));
    convolve(layer, parts, doubled, 1, slope, Optional.empty(), target);
  }

  private void add(Graph.Node node, double scale) throws Unsupported {
    boolean paired = isInPairs(node);
    Maps first = made(node.inputs().get(0), paired);
    Graph.Node other = node.inputs().get(1);
    if (other.operation() instanceof Operation.Convolution convolution
        && isFolded(other, onlyReader(other))) {
      List<Maps> parts = parts(other.inputs().get(0), paired);
      Optional<Maps> onto = Optional.of(first);
      convolve(convolution.layer(), parts, false, scale, OptionalDouble.empty(), onto, node);
    } else {
      Maps second = made(other, paired);
      steps.add(new Add(keep(node, Math.max(first.lag(), second.lag())), first, second, scale));
    }
  }

  private void convolve(
      Conv2d layer,
      List<Maps> parts,
      boolean doubled,
      double factor,
      OptionalDouble slope,
      Optional<Maps> onto,
      Graph.Node target)
      throws Unsupported {
    boolean paired = parts.get(0).paired();
    requireKnown(layer, doubled, paired);
    int lag = Math.max(lag(parts) + ahead(layer, paired), onto.map(Maps::lag).orElse(0));
    Window window = window(parts, layer.padding(), doubled, lag);
    int reader = window.add(parts, lag);
    requirePrompt(window, reader);
    Maps made = keep(target, doubled ? 2 * lag : lag);
    steps.add(new Convolve(layer, window, reader, parts, factor, slope, onto, made));
  }

  private static void requireKnown(Conv2d layer, boolean doubled, boolean paired)
      throws Unsupported {
    boolean same = layer.stride() == 1 && layer.kernel() == 2 * layer.padding() + 1;
    if (!same || ((doubled || paired) && layer.kernel() != 3)) {
      throw new Unsupported();
    }
  }

  /** How many rows beyond its own a convolution waits for; pairs only come whole. */
  private static int ahead(Conv2d layer, boolean paired) {
    return paired ? 2 : layer.padding();
  }

  /** Pairs of rows are read as soon as they can be, or not at all. */
  private static void requirePrompt(Window window, int reader) throws Unsupported {
    for (Member member : window.members()) {
      if (window.isPaired()
          && member.firstReader() == reader
          && member.maps().lag() + 2 != window.readers().get(reader)) {
        throw new Unsupported();
      }
    }
  }

  private static int lag(List<Maps> parts) {
    return parts.stream().mapToInt(Maps::lag).max().orElseThrow();
  }

  private Window window(List<Maps> parts, int halo, boolean doubled, int lag) {
    for (Window window : windows) {
      if (window.fits(parts, halo, doubled, lag)) {
        return window;
      }
    }
    Window made = new Window(halo, doubled, parts.get(0));
    windows.add(made);
    return made;
  }
}
