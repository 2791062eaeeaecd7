package io.esrgan.exec;

import io.esrgan.tensor.ConvolutionWeights;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.tensor.Workbench;
import java.util.List;
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

  private final Lowering lowering;
  private final StripShape shape;
  private final Consumer<BlockedPassage> leaving;
  private final Owned owned = new Owned();
  private final NativeMemory held;
  private final NativeMemory planesIn;
  private final NativeMemory planesOut;
  private final Workbench workbench = owned.add(new Workbench());
  private final Kernel load;
  private final Kernel store;
  private final StripWork work;
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
      NativeMemory working = owned.add(NativeMemory.allocate(plan.working()));
      this.held = owned.add(NativeMemory.allocate(plan.held()));
      this.planesIn = owned.add(NativeMemory.allocate(plan.inputBytes()));
      this.planesOut = owned.add(NativeMemory.allocate(plan.planes() - plan.inputBytes()));
      this.bytes = plan.working() + plan.held() + plan.planes();
      this.work = owned.add(new StripWork(shape, plan, working, held, workbench, weights));
      FeatureBlocks input = work.place(lowering.input());
      this.load =
          owned.add(Kernels.toBlocks(planesIn, 0, lowering.input().channels(), input, workbench));
      for (int i = 0; i < lowering.steps().size(); i++) {
        work.add(i, lowering.steps().get(i));
      }
      this.store =
          owned.add(
              Kernels.fromBlocks(
                  work.place(lowering.output()),
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
    load.run();
    work.run(strip);
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

  @Override
  public void close() {
    if (isOpen) {
      isOpen = false;
      leaving.accept(this);
    }
  }

  /** Gives all of its memory back. */
  void free() {
    owned.close();
  }
}
