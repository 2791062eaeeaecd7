package io.esrgan.exec;

import io.esrgan.tensor.ConvolutionWeights;
import io.esrgan.tensor.Convolutions;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Epilogue;
import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A passage over feature maps in blocks of channels. All memory is taken, and all kernels are made,
 * before the first row; a strip then computes the same number of rows everywhere.
 *
 * <p>Rows above and below the picture take part like others, and are set to zero wherever they come
 * out, for that is what a convolution sees there.
 */
final class BlockedPassage implements Passage {

  /** What is done at a strip. */
  private interface Action {
    void run(long strip);
  }

  private final Lowering lowering;
  private final StripShape shape;
  private final Consumer<BlockedPassage> leaving;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final NativeMemory held;
  private final NativeMemory planesIn;
  private final NativeMemory planesOut;
  private final Workbench workbench = own(new Workbench());
  private final Kernel load;
  private final Kernel store;
  private final List<Action> actions = new ArrayList<>();
  private final long bytes;
  private int staged; // rows of the strip to come
  private int given; // rows of the picture
  private long strip;
  private boolean isIntact = true; // no step was broken off
  private boolean isOpen = true;

  /**
   * Prepares a passage.
   *
   * @param weights gives the numbers of a convolution, one for each phase if it has phases
   * @param leaving takes it over when it is closed: to {@link #free} it, or to {@link #begin} anew
   * @throws OutOfMemoryError if there is not enough memory
   */
  BlockedPassage(
      Lowering lowering,
      StripShape shape,
      Function<Lowering.Convolve, List<ConvolutionWeights>> weights,
      Consumer<BlockedPassage> leaving) {
    this.lowering = lowering;
    this.shape = shape;
    this.leaving = leaving;
    try {
      BlockedPlan plan = new BlockedPlan(lowering, shape);
      NativeMemory working = own(NativeMemory.allocate(plan.working()));
      this.held = own(NativeMemory.allocate(plan.held()));
      this.planesIn = own(NativeMemory.allocate(plan.inputBytes()));
      this.planesOut = own(NativeMemory.allocate(plan.planes() - plan.inputBytes()));
      this.bytes = plan.working() + plan.held() + plan.planes();
      Builder builder = new Builder(plan, working, weights);
      FeatureBlocks input = builder.place(lowering.input());
      this.load = own(Kernels.toBlocks(planesIn, 0, lowering.input().channels(), input, workbench));
      actions.add(at -> load.run());
      for (int i = 0; i < lowering.steps().size(); i++) {
        builder.add(i, lowering.steps().get(i));
      }
      this.store =
          own(
              Kernels.fromBlocks(
                  builder.place(lowering.output()),
                  planesOut,
                  0,
                  lowering.output().channels(),
                  workbench));
      workbench.allocate();
    } catch (RuntimeException | Error e) {
      free();
      throw e;
    }
  }

  /** How much memory it holds, in bytes. */
  long bytes() {
    return bytes + scratch();
  }

  /** Whether it goes over a picture of this size in such strips. */
  boolean isFor(StripShape wanted) {
    return shape.equals(wanted);
  }

  /** Whether it can {@link #begin} anew. */
  boolean isIntact() {
    return isIntact;
  }

  /** Goes back to before the first row, for another picture. */
  void begin() {
    held.clear(0, held.size());
    planesIn.clear(0, planesIn.size());
    staged = 0;
    given = 0;
    strip = 0;
    isOpen = true;
  }

  /** How much memory it took for kernels while they run, in bytes. */
  long scratch() {
    return workbench.scratchBytes();
  }

  @Override
  public Optional<Tensor> advance(Tensor rows) {
    int count = Math.toIntExact(rows.size(2));
    if (count > shape.rows() || given + count > shape.height()) {
      throw new IllegalArgumentException(
          "%d rows after %d, in strips of %d of %d"
              .formatted(count, given, shape.rows(), shape.height()));
    }
    boolean ends = given + count == shape.height();
    int first = Math.min(count, shape.rows() - staged); // the rest is the next strip's
    int strips = (first < count ? 1 : 0) + (ends || staged + count == shape.rows() ? 1 : 0);
    try (Scope scope = Scope.open()) {
      Optional<Tensor> room = room(strips);
      stage(rows.slice(2, 0, first), first);
      if (strips > 0) {
        step(room, 0);
      }
      if (first < count) {
        long finished = rowsFinished(strip) - rowsFinished(strip - 1);
        stage(rows.slice(2, first, count - first), count - first);
        if (strips > 1) {
          step(room, finished);
        }
      }
      return room.map(result -> scope.keep(result));
    }
  }

  @Override
  public Optional<Tensor> rest() {
    while (given == shape.height() && isUnfinished()) {
      try (Scope scope = Scope.open()) {
        Optional<Tensor> room = room(1);
        step(room, 0);
        if (room.isPresent()) {
          return room.map(result -> scope.keep(result));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Room for the rows that the next strips finish. It is taken before anything is computed, so that
   * nothing is half done where there is none.
   */
  private Optional<Tensor> room(int strips) {
    Lowering.Maps output = lowering.output();
    long count = rowsFinished(strip + strips) - rowsFinished(strip);
    return count == 0
        ? Optional.empty()
        : Optional.of(
            Tensor.zeros(
                Precision.FLOAT32, Device.CPU, 1, output.channels(), count, shape.width(output)));
  }

  /** Puts rows below those that wait for the strip to be full. */
  private void stage(Tensor rows, int count) {
    Lowering.Maps input = lowering.input();
    Tensor folded = lowering.unshuffle() == 1 ? rows : rows.pixelUnshuffle(lowering.unshuffle());
    long row = (long) shape.width(input) * Float.BYTES;
    long above = input.resolution().of(staged);
    for (int c = 0; c < input.channels(); c++) {
      planesIn.put((c * (long) shape.rows(input) + above) * row, folded.slice(1, c, 1));
    }
    staged += count;
    given += count;
  }

  /** Computes a strip; the rows that it finishes go into the room, so many rows down. */
  private void step(Optional<Tensor> room, long down) {
    long first = rowsFinished(strip);
    long count = rowsFinished(strip + 1) - first;
    isIntact = false;
    actions.forEach(action -> action.run(strip));
    isIntact = true;
    if (count > 0) {
      store.run();
      Lowering.Maps output = lowering.output();
      long above = first - shape.firstRow(strip, output);
      long row = (long) shape.width(output) * Float.BYTES;
      for (int c = 0; c < output.channels(); c++) {
        planesOut.get(
            (c * (long) shape.rows(output) + above) * row,
            room.orElseThrow().slice(1, c, 1).slice(2, down, count));
      }
    }
    strip++;
    staged = 0;
    planesIn.clear(0, planesIn.size()); // below the picture there is nothing
  }

  private boolean isUnfinished() {
    return rowsFinished(strip) < shape.height(lowering.output().resolution());
  }

  /** Rows of the result that are known when so many strips are done. */
  private long rowsFinished(long strips) {
    Lowering.Maps output = lowering.output();
    long end = shape.firstRow(strips, output);
    return Math.max(0, Math.min(shape.height(output.resolution()), end));
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.add(resource);
    return resource;
  }

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      leaving.accept(this);
    }
  }

  /** Gives all of its memory back. */
  void free() {
    for (int i = owned.size() - 1; i >= 0; i--) {
      try {
        owned.get(i).close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    owned.clear();
  }

  /** Makes the actions of a strip, in order. */
  private final class Builder {
    private final BlockedPlan plan;
    private final NativeMemory working;
    private final Function<Lowering.Convolve, List<ConvolutionWeights>> weights;
    private final Map<Lowering.Window, RowWindow> windows = new HashMap<>();
    private final Map<Lowering.Window, PairWindow> pairWindows = new HashMap<>();

    Builder(
        BlockedPlan plan,
        NativeMemory working,
        Function<Lowering.Convolve, List<ConvolutionWeights>> weights) {
      this.plan = plan;
      this.working = working;
      this.weights = weights;
    }

    FeatureBlocks place(Lowering.Maps maps) {
      Optional<Lowering.Window> window = plan.inPlace(maps);
      return window.isPresent()
          ? windowOf(window.get()).place(maps)
          : shape.dense(working, plan.offset(maps), maps);
    }

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
        actions.add(at -> copy.run());
      }
    }

    private void add(int index, Lowering.Add add) {
      FeatureBlocks target = place(add.target());
      FeatureBlocks second = place(add.second());
      RowDelay first = delay(index, 0, add.first(), add.target(), target);
      int wait = plan.delay(add.second(), add.target());
      Optional<RowDelay> waiting = Optional.empty();
      if (wait > 0) {
        second = shape.dense(working, plan.spare(index), add.second());
        waiting = Optional.of(delay(index, 1, add.second(), add.target(), second));
      }
      Optional<RowDelay> other = waiting;
      Kernel sum = own(Kernels.add(target, second, add.scale(), workbench));
      actions.add(
          at -> {
            if (shape.isOutside(at, add.target())) {
              clear(target);
            }
            first.run();
            other.ifPresent(RowDelay::run);
            sum.run();
          });
    }

    private RowDelay delay(
        int index, int operand, Lowering.Maps from, Lowering.Maps until, FeatureBlocks target) {
      return own(
          new RowDelay(
              place(from),
              target,
              plan.delay(from, until),
              held,
              plan.heldOffset(index, operand),
              workbench));
    }

    private void add(int index, Lowering.Convolve convolve) {
      boolean paired = convolve.window().isPaired();
      FeatureBlocks target = place(convolve.target());
      List<Runnable> computing = new ArrayList<>();
      ReadWindow window =
          paired
              ? addPaired(index, convolve, target, computing)
              : addRows(index, convolve, target, computing);
      List<RowDelay> waiting = new ArrayList<>();
      List<Lowering.Maps> operands = BlockedPlan.operands(convolve);
      for (int i = 0; i < operands.size(); i++) {
        waiting.add(delay(index, i, operands.get(i), convolve.target(), target));
      }
      boolean isLast = convolve.reader() == convolve.window().readers().size() - 1;
      actions.add(
          at -> {
            boolean inUse = window.isInUse(at);
            if (inUse) {
              window.moveTo(convolve.reader());
            }
            waiting.forEach(RowDelay::run);
            if (inUse && !shape.isOutside(at, convolve.target())) {
              computing.forEach(Runnable::run);
              clearOutside(at, convolve.target(), target);
            } else {
              clear(target);
            }
            if (inUse && isLast) {
              window.leave();
            }
          });
    }

    private RowWindow addRows(
        int index, Lowering.Convolve convolve, FeatureBlocks target, List<Runnable> computing) {
      RowWindow window = windowOf(convolve.window());
      int channels = convolve.parts().stream().mapToInt(part -> shape.channels(part)).sum();
      FeatureBlocks seen = window.view(convolve.reader(), channels);
      if (convolve.isOntoOwnInput()) {
        computing.add(own(Kernels.copy(ownRows(convolve, seen), target, workbench))::run);
      }
      List<ConvolutionWeights> numbers = weights.apply(convolve);
      if (plan.hasPhases(convolve)) {
        addPhases(index, convolve, seen, target, numbers, computing);
      } else {
        computing.add(own(convolve(convolve, seen, numbers.get(0), target))::run);
      }
      return window;
    }

    private Kernel convolve(
        Lowering.Convolve convolve,
        FeatureBlocks seen,
        ConvolutionWeights numbers,
        FeatureBlocks target) {
      Epilogue epilogue = new Epilogue(convolve.onto().isPresent(), List.of(), convolve.slope());
      return convolve.doubled()
          ? Convolutions.convolveDoubled(seen, numbers, target, epilogue, workbench)
          : Convolutions.convolve(seen, numbers, target, epilogue, workbench);
    }

    /** Two products that both rows of a pair have a part in, and one of each row's own. */
    private PairWindow addPaired(
        int index, Lowering.Convolve convolve, FeatureBlocks target, List<Runnable> computing) {
      PairWindow window = pairWindowOf(convolve.window());
      int channels = convolve.parts().stream().mapToInt(part -> shape.channels(part)).sum() / 2;
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
     * Every second row and column of the result comes from the same two rows and columns of the
     * small feature maps: four small convolutions.
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
}
