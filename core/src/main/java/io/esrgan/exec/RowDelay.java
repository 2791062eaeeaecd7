package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds rows back until the feature maps that they are added to or read with have come as far. */
final class RowDelay implements AutoCloseable {
  private final FeatureBlocks source;
  private final FeatureBlocks target;
  private final int delay;
  private final Optional<FeatureBlocks> ring; // more rows than a strip has, held back
  private final Optional<Kernel> passing; // else: all that is done
  private int oldest;

  /**
   * A delay.
   *
   * @param target as wide as the source, or with margins left and right that stay as they are
   * @param delay how many rows are held back
   * @param held has {@link #bytes} at {@code offset}, zero at first
   */
  RowDelay(
      FeatureBlocks source,
      FeatureBlocks target,
      int delay,
      NativeMemory held,
      long offset,
      Workbench workbench) {
    this.source = source;
    this.target = target;
    this.delay = delay;
    Optional<FeatureBlocks> waiting =
        delay == 0
            ? Optional.empty()
            : Optional.of(
                FeatureBlocks.dense(
                    held,
                    offset,
                    source.block(),
                    source.channels(),
                    delay,
                    source.width(),
                    source.precision()));
    boolean isLong = delay > source.rows();
    this.ring = isLong ? waiting : Optional.empty();
    this.passing = isLong ? Optional.empty() : Optional.of(passing(waiting, workbench));
  }

  private Kernel passing(Optional<FeatureBlocks> waiting, Workbench workbench) {
    List<Kernel> copies = new ArrayList<>();
    int through = source.rows() - delay;
    if (waiting.isPresent()) {
      copies.add(Kernels.copyMiddle(waiting.get(), target.rows(0, delay), workbench));
      copies.add(Kernels.copyMiddle(source.rows(through, delay), waiting.get(), workbench));
    }
    if (through > 0) {
      copies.add(
          Kernels.copyMiddle(source.rows(0, through), target.rows(delay, through), workbench));
    }
    return Kernel.of("delay", copies);
  }

  /** What is held back, in bytes. */
  static long bytes(StripShape shape, Lowering.Maps maps, int delay) {
    return shape.bytes(maps, delay);
  }

  /** Takes the source's rows in and lets as many out into the target. */
  void run() {
    passing.ifPresent(Kernel::run);
    ring.ifPresent(this::turn);
  }

  private void turn(FeatureBlocks waiting) {
    long bytes = source.lineBytes();
    long margin = (target.lineBytes() - bytes) / 2;
    for (int row = 0; row < source.rows(); row++) {
      for (int b = 0; b < source.blocks(); b++) {
        long place = waiting.lineOffset(b, (oldest + row) % delay);
        target.memory().copy(target.lineOffset(b, row) + margin, waiting.memory(), place, bytes);
        waiting.memory().copy(place, source.memory(), source.lineOffset(b, row), bytes);
      }
    }
    oldest = (oldest + source.rows()) % delay;
  }

  @Override
  public void close() {
    passing.ifPresent(Kernel::close);
  }
}
