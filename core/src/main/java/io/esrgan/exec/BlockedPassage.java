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
import java.util.function.Function;

/**
 * A passage over feature maps in blocks of channels. All memory is taken, and all kernels are made,
 * before the first row; a strip then computes the same number of rows everywhere.
 *
 * <p>Rows above and below the picture take part like others, and are set to zero wherever they are
 * read, for that is what a convolution sees there.
 */
final class BlockedPassage implements Passage {

  private final Lowering lowering;
  private final StripShape shape;
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

  /**
   * Prepares a passage.
   *
   * @param weights gives the numbers of a convolution: one for each phase or kind, if it has such
   * @throws OutOfMemoryError if there is not enough memory
   */
  BlockedPassage(
      Lowering lowering,
      StripShape shape,
      Function<Lowering.Convolve, List<ConvolutionWeights>> weights) {
    this.lowering = lowering;
    this.shape = shape;
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
                  work.result(lowering.output()),
                  planesOut,
                  0,
                  lowering.output().channels(),
                  workbench));
      workbench.allocate();
      begin();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** How much memory it holds, in bytes. */
  long bytes() {
    return bytes + scratch();
  }

  /** Whether it does these steps in such strips. */
  boolean isFor(Lowering wanted, StripShape wantedShape) {
    return lowering == wanted && shape.equals(wantedShape);
  }

  /** Whether it can {@link #begin} anew. */
  boolean isIntact() {
    return isIntact;
  }

  /**
   * Goes to before the first row, of the first picture or another one.
   *
   * <p>What is held is written even if it is fresh: a page that is read before it is written costs
   * twice, and the second time all processors are interrupted. Left to the first strip, that took 4
   * percent of a wide picture's time.
   */
  final void begin() {
    held.clear(0, held.size());
    planesIn.clear(0, planesIn.size());
    staged = 0;
    given = 0;
    strip = 0;
  }

  /** How much memory it took for kernels while they run, in bytes. */
  long scratch() {
    return workbench.scratchBytes();
  }

  @Override
  public Optional<Tensor> advance(Tensor rows) {
    requireIntact();
    int count = Math.toIntExact(rows.size(2));
    if (staged + count > shape.rows() || given + count > shape.height()) {
      throw new IllegalArgumentException(
          "%d rows after %d, in strips of %d of %d"
              .formatted(count, given, shape.rows(), shape.height()));
    }
    boolean full = staged + count == shape.rows() || given + count == shape.height();
    try (Scope scope = Scope.open()) {
      Optional<Tensor> room = full ? room() : Optional.empty();
      stage(rows, count);
      if (full) {
        step(room);
      }
      return room.map(result -> scope.keep(result));
    }
  }

  @Override
  public Optional<Tensor> rest() {
    requireIntact();
    while (given == shape.height() && isUnfinished()) {
      try (Scope scope = Scope.open()) {
        Optional<Tensor> room = room();
        step(room);
        if (room.isPresent()) {
          return room.map(result -> scope.keep(result));
        }
      }
    }
    return Optional.empty();
  }

  /** A step that was broken off has left some rows here and others there. */
  private void requireIntact() {
    if (!isIntact) {
      throw new TooLittleMemoryException(
          "memory ran out in the midst of a strip; close other programs, or give a smaller memory"
              + " budget",
          null);
    }
  }

  /**
   * Room for the rows that the next strip finishes. It is taken before anything is computed, so
   * that nothing is half done where there is none.
   */
  private Optional<Tensor> room() {
    Lowering.Maps output = lowering.output();
    long count = rowsFinished(strip + 1) - rowsFinished(strip);
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

  private void step(Optional<Tensor> room) {
    long first = rowsFinished(strip);
    isIntact = false;
    load.run();
    work.run(strip);
    if (room.isPresent()) {
      store.run();
      Lowering.Maps output = lowering.output();
      long above = first - shape.firstRow(strip, output);
      long row = (long) shape.width(output) * Float.BYTES;
      for (int c = 0; c < output.channels(); c++) {
        planesOut.get((c * (long) shape.rows(output) + above) * row, room.get().slice(1, c, 1));
      }
    }
    strip++;
    staged = 0;
    planesIn.clear(0, planesIn.size()); // below the picture there is nothing
    isIntact = true;
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
    owned.close();
  }
}
