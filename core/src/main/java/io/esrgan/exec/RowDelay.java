package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Workbench;
import java.util.Optional;

/** Holds rows back until the feature maps that they are added to have come as far. */
final class RowDelay implements AutoCloseable {
  private final FeatureBlocks source;
  private final FeatureBlocks target;
  private final FeatureBlocks ring; // the rows held back, or null
  private final int delay;
  private final Optional<Kernel> passing; // rows that come and go within one strip
  private int oldest;

  /**
   * A delay.
   *
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
    this.ring =
        delay == 0
            ? null
            : FeatureBlocks.dense(
                held,
                offset,
                source.block(),
                source.channels(),
                delay,
                source.width(),
                source.precision());
    int passingRows = source.rows() - delay;
    this.passing =
        passingRows <= 0
            ? Optional.empty()
            : Optional.of(
                Kernels.copy(
                    source.rows(0, passingRows), target.rows(delay, passingRows), workbench));
  }

  /** What is held back, in bytes. */
  static long bytes(StripShape shape, Lowering.Maps maps, int delay) {
    return shape.bytes(maps, delay);
  }

  /** Takes the source's rows in and lets as many out into the target. */
  void run() {
    int rows = source.rows();
    int held = Math.min(delay, rows);
    for (int i = 0; i < held; i++) {
      exchange((oldest + i) % delay, i, rows - held + i);
    }
    passing.ifPresent(Kernel::run);
    if (delay > 0) {
      oldest = (oldest + held) % delay;
    }
  }

  private void exchange(int slot, int out, int in) {
    long bytes = source.lineBytes();
    for (int b = 0; b < source.blocks(); b++) {
      long place = ring.lineOffset(b, slot);
      target.memory().copy(target.lineOffset(b, out), ring.memory(), place, bytes);
      ring.memory().copy(place, source.memory(), source.lineOffset(b, in), bytes);
    }
  }

  @Override
  public void close() {
    passing.ifPresent(Kernel::close);
  }
}
