package io.esrgan.exec;

import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.Engine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where everything of a passage lies: worked out before anything is allocated. */
final class BlockedPlan {
  private final Lowering lowering;
  private final StripShape shape;
  private final Arena arena = new Arena();
  private final Map<Integer, Lowering.Window> inPlace =
      new HashMap<>(); // by index of the feature maps
  private final Map<Integer, Arena.Piece> maps = new HashMap<>(); // likewise
  private final Map<Lowering.Window, Arena.Piece> windows = new HashMap<>();
  private final Map<Integer, Arena.Piece> spares = new HashMap<>(); // by step
  private final Map<Lowering.Window, Long> windowsHeld = new HashMap<>();
  private final Map<Integer, List<Long>> delaysHeld = new HashMap<>(); // by step
  private final long working;
  private long held;

  BlockedPlan(Lowering lowering, StripShape shape) {
    this.lowering = lowering;
    this.shape = shape;
    findInPlace();
    reserveMaps();
    reserveWindows();
    reserveSpares();
    reserveDelays();
    this.working = arena.place();
  }

  /** Bytes of what is written anew at every strip. */
  long working() {
    return working;
  }

  /** Bytes of what is kept from strip to strip. */
  long held() {
    return held;
  }

  /**
   * Bytes that kernels need while they run, about: on tile units each thread copies what a doubled
   * convolution reads. Others take less.
   */
  long scratch() {
    long most = 0;
    for (Lowering.Step step : lowering.steps()) {
      if (step instanceof Lowering.Convolve convolve
          && convolve.isDoubled()
          && !hasPhases(convolve)) {
        int rows = shape.rows(convolve.window().resolution()) + 2 * convolve.window().halo();
        long read = convolve.parts().stream().mapToLong(part -> shape.bytes(part, rows)).sum();
        most = Math.max(most, read);
      }
    }
    return most * Engine.threads();
  }

  /** Bytes of the picture's rows and the result's, in float32. */
  long planes() {
    return inputBytes() + outputBytes();
  }

  long inputBytes() {
    return planeBytes(lowering.input());
  }

  private long outputBytes() {
    return planeBytes(lowering.output());
  }

  private long planeBytes(Lowering.Maps of) {
    return (long) of.channels() * shape.rows(of.resolution()) * shape.width(of) * Float.BYTES;
  }

  /** The window that feature maps are made in; empty if they are copied to where they are read. */
  Optional<Lowering.Window> inPlace(Lowering.Maps of) {
    return Optional.ofNullable(inPlace.get(of.index()));
  }

  long offset(Lowering.Maps of) {
    return maps.get(of.index()).offset();
  }

  long offset(Lowering.Window window) {
    return windows.get(window).offset();
  }

  /** Where a step may keep what it needs for itself. */
  long spare(int step) {
    return spares.get(step).offset();
  }

  long heldOffset(Lowering.Window window) {
    return windowsHeld.get(window);
  }

  /** Where the rows that a step's operand waits with are held. */
  long heldOffset(int step, int operand) {
    return delaysHeld.get(step).get(operand);
  }

  /** How many rows an operand of a step waits with. */
  int delay(Lowering.Maps operand, Lowering.Maps target) {
    return shape.lag(target) - shape.lag(operand);
  }

  /** What a step waits for, in the order of {@link #heldOffset(int, int)}. */
  static List<Lowering.Maps> operands(Lowering.Step step) {
    if (step instanceof Lowering.Convolve convolve) {
      return convolve.isOntoOwnInput() ? List.of() : convolve.onto().stream().toList();
    }
    return step instanceof Lowering.Add add ? List.of(add.first(), add.second()) : List.of();
  }

  private void findInPlace() {
    Set<Integer> elsewhere =
        lowering.steps().stream()
            .flatMap(step -> operands(step).stream())
            .map(Lowering.Maps::index)
            .collect(Collectors.toSet());
    for (Lowering.Step step : lowering.steps()) {
      if (step instanceof Lowering.Convolve convolve
          && convolve.onto().isEmpty()
          && !elsewhere.contains(convolve.target().index())) {
        onlyWindow(convolve.target())
            .filter(window -> isWritable(window, convolve))
            .ifPresent(window -> inPlace.put(convolve.target().index(), window));
      }
    }
  }

  private Optional<Lowering.Window> onlyWindow(Lowering.Maps of) {
    List<Lowering.Window> all =
        lowering.windows().stream().filter(window -> window.member(of).isPresent()).toList();
    return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
  }

  /**
   * Whether a convolution's result can be written where it is read: it has one block, without
   * margins, nothing of it waits below the window, and no reader before moves over the rows.
   */
  private boolean isWritable(Lowering.Window window, Lowering.Convolve convolve) {
    Lowering.Maps target = convolve.target();
    Lowering.Member member = window.member(target).orElseThrow();
    return !window.isPaired()
        && shape.margin(window) == 0
        && shape.blocks(target) == 1
        && RowWindow.below(window, member, shape) == 0
        && (member.firstReader() == 0 || convolve.window() == window);
  }

  private void reserveMaps() {
    Map<Integer, Integer> born = new HashMap<>();
    Map<Integer, Integer> last = new HashMap<>();
    Map<Integer, Lowering.Maps> all = new HashMap<>();
    all.put(lowering.input().index(), lowering.input());
    born.put(lowering.input().index(), 0);
    for (int i = 0; i < lowering.steps().size(); i++) {
      Lowering.Step step = lowering.steps().get(i);
      all.put(step.target().index(), step.target());
      born.put(step.target().index(), i);
      last.put(step.target().index(), i);
      for (Lowering.Maps operand : operands(step)) {
        last.put(operand.index(), i);
      }
      if (step instanceof Lowering.Convolve convolve) {
        for (Lowering.Member member : convolve.window().members()) {
          if (member.firstReader() == convolve.reader()) {
            last.put(member.maps().index(), i);
          }
        }
      } else if (step instanceof Lowering.Regroup regroup) {
        last.put(regroup.source().index(), i);
      }
    }
    last.put(lowering.output().index(), lowering.steps().size());
    all.keySet().removeAll(inPlace.keySet());
    all.forEach(
        (index, each) ->
            maps.put(index, arena.reserve(shape.bytes(each), born.get(index), last.get(index))));
  }

  private void reserveWindows() {
    Map<Lowering.Window, int[]> times = new HashMap<>();
    for (int i = 0; i < lowering.steps().size(); i++) {
      int step = i;
      if (lowering.steps().get(i) instanceof Lowering.Convolve convolve) {
        times.computeIfAbsent(convolve.window(), w -> new int[] {step, step})[1] = step;
      }
      inPlace(lowering.steps().get(i).target())
          .ifPresent(window -> times.computeIfAbsent(window, w -> new int[] {step, step}));
    }
    for (Lowering.Window window : lowering.windows()) {
      ReadWindow.Bytes bytes =
          window.isPaired() ? PairWindow.bytes(window, shape) : RowWindow.bytes(window, shape);
      int[] time = times.get(window);
      windows.put(window, arena.reserve(bytes.window(), time[0], time[1]));
      windowsHeld.put(window, hold(bytes.held()));
    }
  }

  private void reserveSpares() {
    for (int i = 0; i < lowering.steps().size(); i++) {
      Lowering.Step step = lowering.steps().get(i);
      if (step instanceof Lowering.Convolve convolve && hasPhases(convolve)) {
        Lowering.Maps phase = phase(convolve);
        spares.put(i, arena.reserve(shape.bytes(phase, shape.rows(phase) + 1), i, i));
      } else if (step instanceof Lowering.Convolve convolve && convolve.window().isPaired()) {
        spares.put(i, arena.reserve(2 * innerBytes(convolve), i, i));
      } else if (step instanceof Lowering.Add add) {
        spares.put(i, arena.reserve(shape.bytes(add.second()), i, i));
      }
    }
  }

  /** Bytes of one of the two products that both rows of a pair have a part in, in float32. */
  long innerBytes(Lowering.Convolve convolve) {
    return shape.bytes(convolve.target()) / 2 / shape.precision().bytes() * Float.BYTES;
  }

  /** Whether a convolution of doubled feature maps is computed in four phases. */
  boolean hasPhases(Lowering.Convolve convolve) {
    return convolve.isDoubled() && !Convolutions.areForTiles(shape.block());
  }

  /** A quarter of what a convolution of doubled feature maps gives. */
  static Lowering.Maps phase(Lowering.Convolve doubled) {
    Lowering.Maps target = doubled.target();
    return new Lowering.Maps(
        -1, target.channels(), doubled.window().resolution(), 0, target.alone(), false);
  }

  private void reserveDelays() {
    for (int i = 0; i < lowering.steps().size(); i++) {
      Lowering.Step step = lowering.steps().get(i);
      List<Long> offsets = new ArrayList<>();
      for (Lowering.Maps operand : operands(step)) {
        offsets.add(hold(RowDelay.bytes(shape, operand, delay(operand, step.target()))));
      }
      delaysHeld.put(i, offsets);
    }
  }

  private long hold(long bytes) {
    long offset = held;
    held += (bytes + 63) / 64 * 64;
    return offset;
  }
}
