package io.esrgan.exec;

import io.esrgan.tensor.ConvolutionWeights;
import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.Epilogue;
import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * What a {@link BlockedPassage} does at every strip, in order: a graph's steps as kernels that were
 * made for their shapes and bound to their places.
 */
final class StripWork implements AutoCloseable {

  /** What is done at a strip. */
  private interface Action {
    void run(long strip);
  }

  private final StripShape shape;
  private final BlockedPlan plan;
  private final NativeMemory working;
  private final NativeMemory held;
  private final Workbench workbench;
  private final Function<Lowering.Convolve, List<ConvolutionWeights>> weights;
  private final Map<Lowering.Window, RowWindow> windows = new HashMap<>();
  private final Map<Lowering.Window, PairWindow> pairWindows = new HashMap<>();
  private final List<Action> actions = new ArrayList<>();
  private final Map<Integer, List<LongPredicate>> readers = new HashMap<>(); // of maps, by index
  private final Owned owned = new Owned();

  /**
   * Nothing yet.
   *
   * @param working has {@link BlockedPlan#working} bytes
   * @param held has {@link BlockedPlan#held} bytes, zero at first
   * @param weights gives the numbers of a convolution: one for each phase or kind, if it has such
   */
  StripWork(
      StripShape shape,
      BlockedPlan plan,
      NativeMemory working,
      NativeMemory held,
      Workbench workbench,
      Function<Lowering.Convolve, List<ConvolutionWeights>> weights) {
    this.shape = shape;
    this.plan = plan;
    this.working = working;
    this.held = held;
    this.workbench = workbench;
    this.weights = weights;
  }

  /** Where feature maps lie when a strip has come to them. */
  FeatureBlocks place(Lowering.Maps maps) {
    Optional<Lowering.Window> window = plan.inPlace(maps);
    return window.isPresent()
        ? windowOf(window.get()).place(maps)
        : shape.dense(working, plan.offset(maps), maps);
  }

  /** As {@link #place}, of what is taken out wherever it is part of the picture. */
  FeatureBlocks result(Lowering.Maps output) {
    reads(output, at -> !shape.isOutside(at, output));
    return place(output);
  }

  /** Does all of it. */
  void run(long strip) {
    actions.forEach(action -> action.run(strip));
  }

  private <T extends AutoCloseable> T own(T resource) {
    return owned.add(resource);
  }

  @Override
  public void close() {
    owned.close();
  }

  /** Makes what a step does, behind the steps that were added before. */
  void add(int index, Lowering.Step step) {
    if (step instanceof Lowering.Convolve convolve) {
      add(index, convolve);
    } else if (step instanceof Lowering.Add add) {
      add(index, add);
    } else {
      add((Lowering.Regroup) step);
    }
  }

  private void add(Lowering.Regroup regroup) {
    boolean pairing = regroup.target().paired();
    FeatureBlocks pairs = place(pairing ? regroup.target() : regroup.source());
    FeatureBlocks rows = place(pairing ? regroup.source() : regroup.target());
    int channels = rows.channels();
    for (int odd = 0; odd < 2; odd++) {
      FeatureBlocks half = pairs.channels(odd * channels, channels);
      Kernel copy =
          own(
              pairing
                  ? Kernels.separate(rows, odd, half, workbench)
                  : Kernels.merge(half, rows, odd, workbench));
      actions.add(
          at -> {
            if (isRead(regroup.target(), at)) {
              copy.run();
            }
          });
    }
    reads(regroup.source(), at -> isRead(regroup.target(), at));
  }

  private void add(int index, Lowering.Add add) {
    FeatureBlocks target = place(add.target());
    FeatureBlocks second = place(add.second());
    List<Action> waiting = new ArrayList<>();
    waiting.add(delay(index, 0, add.first(), add.target(), target));
    if (plan.delay(add.second(), add.target()) > 0) {
      second = shape.dense(working, plan.spare(index), add.second());
      waiting.add(delay(index, 1, add.second(), add.target(), second));
    } else {
      reads(add.second(), at -> !shape.isOutside(at, add.target()));
    }
    Kernel sum = own(Kernels.add(target, second, add.scale(), workbench));
    actions.add(
        at -> {
          waiting.forEach(action -> action.run(at));
          if (!shape.isOutside(at, add.target())) {
            sum.run();
          } else if (isRead(add.target(), at)) {
            clear(target);
          }
        });
  }

  /** From when there is something that waits, until nobody waits for it. */
  private Action delay(
      int index, int operand, Lowering.Maps from, Lowering.Maps until, FeatureBlocks target) {
    RowDelay delay =
        own(
            new RowDelay(
                place(from),
                target,
                plan.delay(from, until),
                held,
                plan.heldOffset(index, operand),
                workbench));
    LongPredicate isWaiting = at -> !shape.isAbove(at, from) && !shape.isBelow(at, until);
    reads(from, isWaiting);
    return at -> {
      if (isWaiting.test(at)) {
        delay.run();
      }
    };
  }

  private void reads(Lowering.Maps maps, LongPredicate when) {
    readers.computeIfAbsent(maps.index(), index -> new ArrayList<>()).add(when);
  }

  /** Whether what comes out at a strip is taken in at that strip; else it may be anything. */
  private boolean isRead(Lowering.Maps maps, long strip) {
    return readers.getOrDefault(maps.index(), List.of()).stream()
        .anyMatch(when -> when.test(strip));
  }

  private void add(int index, Lowering.Convolve convolve) {
    boolean paired = convolve.window().isPaired();
    FeatureBlocks target = place(convolve.target());
    List<Runnable> computing = new ArrayList<>();
    ReadWindow window =
        paired
            ? inPairs(index, convolve, target, computing)
            : byRows(index, convolve, target, computing);
    List<Action> waiting = new ArrayList<>();
    List<Lowering.Maps> operands = BlockedPlan.operands(convolve);
    for (int i = 0; i < operands.size(); i++) {
      waiting.add(delay(index, i, operands.get(i), convolve.target(), target));
    }
    for (Lowering.Member member : convolve.window().members()) {
      if (member.firstReader() == convolve.reader()) {
        reads(member.maps(), window::isInUse);
      }
    }
    boolean isLast = convolve.reader() == convolve.window().readers().size() - 1;
    actions.add(
        at -> {
          boolean inUse = window.isInUse(at);
          if (inUse) {
            window.moveTo(convolve.reader());
          }
          waiting.forEach(action -> action.run(at));
          if (inUse && !shape.isOutside(at, convolve.target())) {
            computing.forEach(Runnable::run);
            clearOutside(at, convolve.target(), target);
          } else if (isRead(convolve.target(), at)) {
            clear(target);
          }
          if (inUse && isLast) {
            window.leave();
          }
        });
  }

  /** Adds what computes a convolution; gives the window that it reads. */
  private RowWindow byRows(
      int index, Lowering.Convolve convolve, FeatureBlocks target, List<Runnable> computing) {
    RowWindow window = windowOf(convolve.window());
    FeatureBlocks seen = window.view(convolve.reader(), channels(convolve));
    if (convolve.isOntoOwnInput()) {
      computing.add(own(Kernels.copyMiddle(ownRows(convolve, seen), target, workbench))::run);
    }
    List<ConvolutionWeights> numbers = weights.apply(convolve);
    if (plan.hasPhases(convolve)) {
      addPhases(index, convolve, seen, target, numbers, computing);
    } else {
      computing.add(own(convolve(convolve, seen, numbers.get(0), target))::run);
    }
    return window;
  }

  /** That a convolution reads. */
  private int channels(Lowering.Convolve convolve) {
    return convolve.parts().stream().mapToInt(part -> shape.channels(part)).sum();
  }

  private Kernel convolve(
      Lowering.Convolve convolve,
      FeatureBlocks seen,
      ConvolutionWeights numbers,
      FeatureBlocks target) {
    Epilogue epilogue = new Epilogue(convolve.onto().isPresent(), List.of(), convolve.slope());
    return convolve.isDoubled()
        ? Convolutions.convolveDoubled(seen, numbers, target, epilogue, workbench)
        : Convolutions.convolve(seen, numbers, target, epilogue, workbench);
  }

  /**
   * As {@link #byRows}, in pairs: two products that both rows have a part in, and one of each row's
   * own.
   */
  private PairWindow inPairs(
      int index, Lowering.Convolve convolve, FeatureBlocks target, List<Runnable> computing) {
    PairWindow window = pairWindowOf(convolve.window());
    int channels = channels(convolve) / 2;
    List<ConvolutionWeights> numbers = weights.apply(convolve);
    List<FeatureBlocks> inner = new ArrayList<>();
    for (int kind = 1; kind <= 2; kind++) {
      FeatureBlocks product =
          FeatureBlocks.dense(
              working,
              plan.spare(index) + (kind - 1) * plan.innerBytes(convolve),
              target.block(),
              target.channels() / 2,
              target.rows(),
              target.width(),
              Precision.FLOAT32);
      FeatureBlocks seen = window.view(kind, convolve.reader(), channels);
      computing.add(
          own(Convolutions.convolve(seen, numbers.get(kind), product, Epilogue.NONE, workbench))
              ::run);
      inner.add(product);
    }
    for (int odd = 0; odd < 2; odd++) {
      int kind = odd == 0 ? 0 : 3;
      Epilogue epilogue =
          new Epilogue(
              convolve.onto().isPresent(),
              List.of(
                  new Epilogue.Addend(inner.get(0), false),
                  new Epilogue.Addend(inner.get(1), odd == 1)),
              convolve.slope());
      FeatureBlocks half = target.channels(odd * target.channels() / 2, target.channels() / 2);
      FeatureBlocks seen = window.view(kind, convolve.reader(), channels);
      computing.add(
          own(Convolutions.convolve(seen, numbers.get(kind), half, epilogue, workbench))::run);
    }
    return window;
  }

  private PairWindow pairWindowOf(Lowering.Window wanted) {
    return pairWindows.computeIfAbsent(wanted, this::pairWindow);
  }

  private PairWindow pairWindow(Lowering.Window wanted) {
    return own(
        new PairWindow(
            wanted,
            shape,
            working,
            plan.offset(wanted),
            held,
            plan.heldOffset(wanted),
            wanted.members().stream().map(member -> place(member.maps())).toList(),
            workbench));
  }

  private RowWindow windowOf(Lowering.Window wanted) {
    return windows.computeIfAbsent(wanted, this::window);
  }

  private RowWindow window(Lowering.Window wanted) {
    List<Optional<FeatureBlocks>> sources =
        wanted.members().stream().map(member -> source(member.maps())).toList();
    return own(
        new RowWindow(
            wanted,
            shape,
            working,
            plan.offset(wanted),
            held,
            plan.heldOffset(wanted),
            sources,
            workbench));
  }

  /** What a window copies; empty for what is made in it. */
  private Optional<FeatureBlocks> source(Lowering.Maps maps) {
    return plan.inPlace(maps).isPresent() ? Optional.empty() : Optional.of(place(maps));
  }

  /** The rows of a window that a convolution's result is added to. */
  private FeatureBlocks ownRows(Lowering.Convolve convolve, FeatureBlocks seen) {
    int first = 0;
    for (Lowering.Maps part : convolve.parts()) {
      if (part.equals(convolve.onto().orElseThrow())) {
        return seen.channels(first, shape.channels(part))
            .rows(convolve.window().halo(), shape.rows(part));
      }
      first += shape.channels(part);
    }
    throw new IllegalStateException("it is not among what the convolution reads");
  }

  /**
   * Every second row and column of the result comes from the same two rows and columns of the small
   * feature maps: four small convolutions.
   */
  private void addPhases(
      int index,
      Lowering.Convolve convolve,
      FeatureBlocks seen,
      FeatureBlocks target,
      List<ConvolutionWeights> numbers,
      List<Runnable> computing) {
    Lowering.Maps phase = BlockedPlan.phase(convolve);
    int rows = shape.rows(phase);
    FeatureBlocks spare = shape.dense(working, plan.spare(index), phase, rows + 1);
    for (int top = 0; top < 2; top++) {
      for (int left = 0; left < 2; left++) {
        ConvolutionWeights own = numbers.get(2 * top + left);
        computing.add(
            own(
                    Convolutions.convolvePair(
                        seen,
                        own,
                        spare,
                        Epilogue.rectifying(convolve.slope()),
                        left == 0,
                        workbench))
                ::run);
        computing.add(
            own(Kernels.interleave(spare.rows(top, rows), target, top, left, workbench))::run);
      }
    }
  }

  private void clear(FeatureBlocks maps) {
    clear(maps, 0, maps.rows());
  }

  private void clear(FeatureBlocks maps, long from, long to) {
    for (int b = 0; b < maps.blocks() && from < to; b++) {
      maps.memory().clear(maps.lineOffset(b, (int) from), (to - from) * maps.lineBytes());
    }
  }

  private void clearOutside(long at, Lowering.Maps maps, FeatureBlocks rows) {
    long first = shape.firstRow(at, maps);
    int height = shape.height(maps.resolution());
    if (!maps.paired()) {
      clearOutside(rows, first, height);
    } else {
      int channels = rows.channels() / 2;
      clearOutside(rows.channels(0, channels), first, (height + 1) / 2);
      clearOutside(rows.channels(channels, channels), first, height / 2);
    }
  }

  private void clearOutside(FeatureBlocks rows, long first, long height) {
    clear(rows, 0, Math.min(rows.rows(), -first));
    clear(rows, Math.max(0, height - first), rows.rows());
  }
}
