package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Works out the sums and differences of rows that a {@link PairWindow} holds, when feature maps
 * come in.
 */
final class PairSums implements AutoCloseable {

  /** A row of each pair: how many rows of its parity it lies below the pair's own. */
  private record Operand(boolean odd, int below) {}

  /** What is worked out: a sum, or a difference. */
  private record Kind(Operand first, boolean plus, Operand second) {}

  private static final List<Kind> ALL =
      List.of(
          new Kind(new Operand(true, -1), false, new Operand(true, 0)),
          new Kind(new Operand(false, 0), true, new Operand(true, 0)),
          new Kind(new Operand(true, 0), false, new Operand(false, 0)),
          new Kind(new Operand(false, 1), false, new Operand(false, 0)));

  /** How many sums and differences there are of a pair. */
  static final int KINDS = ALL.size();

  private static final int EVEN_ROWS_HELD = 1;
  private static final int ODD_ROWS_HELD = 2;

  /** How many rows of each block are kept from strip to strip. */
  static final int ROWS_HELD = EVEN_ROWS_HELD + ODD_ROWS_HELD;

  private final FeatureBlocks even;
  private final FeatureBlocks odd;
  private final int pairs;
  private final Optional<FeatureBlocks> keptEven;
  private final Optional<FeatureBlocks> keptOdd;
  private final FeatureBlocks empty;
  private final Workbench workbench;
  private final List<Kernel> kernels = new ArrayList<>();

  /**
   * Sums of some feature maps.
   *
   * @param source the pairs of a strip
   * @param targets where each kind belongs; of strips they are a pair behind the source
   * @param kept {@link #ROWS_HELD} rows, zero at first; empty if there is one strip only
   * @param empty a line, zero when it is needed, for what lies beyond the picture
   */
  PairSums(
      FeatureBlocks source,
      List<FeatureBlocks> targets,
      Optional<FeatureBlocks> kept,
      FeatureBlocks empty,
      Workbench workbench) {
    int channels = source.channels() / 2;
    this.even = source.channels(0, channels);
    this.odd = source.channels(channels, channels);
    this.pairs = source.rows();
    this.keptEven = kept.map(rows -> rows.rows(0, EVEN_ROWS_HELD));
    this.keptOdd = kept.map(rows -> rows.rows(EVEN_ROWS_HELD, ODD_ROWS_HELD));
    this.empty = empty;
    this.workbench = workbench;
    for (int kind = 0; kind < KINDS; kind++) {
      add(ALL.get(kind), targets.get(kind));
    }
    keptEven.ifPresent(rows -> keep(even, rows));
    keptOdd.ifPresent(rows -> keep(odd, rows));
  }

  /** How many channels each kind has. */
  int channels() {
    return even.channels();
  }

  /**
   * All rows of all blocks at once, though at the edge of a block some come out wrong, for what
   * lies beside them is another block's; then those again.
   */
  private void add(Kind kind, FeatureBlocks target) {
    int behind = keptEven.isPresent() ? 1 : 0; // for the row below has to be there
    int first = kind.first.below - behind;
    int second = kind.second.below - behind;
    int from = Math.max(0, Math.max(-first, -second));
    int count = target.blocks() * pairs - Math.max(0, Math.max(first, second)) - from;
    if (count > 0) {
      sum(
          kind,
          lines(half(kind.first), from + first, count),
          lines(half(kind.second), from + second, count),
          lines(target, from, count));
    }
    for (int b = 0; b < target.blocks(); b++) {
      for (int row = 0; row < pairs; row++) {
        if (isBeyond(row + first) || isBeyond(row + second)) {
          sum(
              kind,
              line(kind.first, b, row + first),
              line(kind.second, b, row + second),
              line(target, b, row));
        }
      }
    }
  }

  private FeatureBlocks half(Operand operand) {
    return operand.odd ? odd : even;
  }

  private boolean isBeyond(int row) {
    return row < 0 || row >= pairs;
  }

  private FeatureBlocks line(Operand operand, int block, int row) {
    if (!isBeyond(row)) {
      return line(half(operand), block, row);
    }
    Optional<FeatureBlocks> kept = operand.odd ? keptOdd : keptEven;
    return kept.map(rows -> line(rows, block, rows.rows() + row)).orElse(empty);
  }

  private static FeatureBlocks line(FeatureBlocks maps, int block, int row) {
    return maps.channels(block * maps.block(), maps.block()).rows(row, 1);
  }

  /** Rows of all blocks as if they were one block's. */
  private static FeatureBlocks lines(FeatureBlocks maps, int from, int count) {
    return FeatureBlocks.dense(
        maps.memory(),
        maps.lineOffset(0, from),
        maps.block(),
        maps.block(),
        count,
        maps.width(),
        maps.precision());
  }

  private void sum(Kind kind, FeatureBlocks first, FeatureBlocks second, FeatureBlocks target) {
    kernels.add(
        kind.plus
            ? Kernels.plus(first, second, target, workbench)
            : Kernels.minus(first, second, target, workbench));
  }

  /** The last rows of a strip; where it has fewer, those that were kept before move up. */
  private void keep(FeatureBlocks rows, FeatureBlocks kept) {
    int fresh = Math.min(pairs, kept.rows());
    for (int row = 0; row < kept.rows() - fresh; row++) {
      copy(kept.rows(row + fresh, 1), kept.rows(row, 1));
    }
    copy(rows.rows(pairs - fresh, fresh), kept.rows(kept.rows() - fresh, fresh));
  }

  private void copy(FeatureBlocks source, FeatureBlocks target) {
    kernels.add(Kernels.copy(source, target, workbench));
  }

  /** Takes the source's rows in. */
  void run() {
    kernels.forEach(Kernel::run);
  }

  @Override
  public void close() {
    kernels.forEach(Kernel::close);
  }
}
