package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairs of rows of several feature maps side by side, for convolutions by three rows that are
 * computed by Winograd's minimal filtering (see {@link Lowering}). A pair of results depends on
 * four rows d0 to d3, of which the window holds {@code d0 - d2}, {@code d1 + d2}, {@code d2 - d1}
 * and {@code d3 - d1}: four {@link #KINDS}, each convolved by a single row. They are worked out
 * once for all convolutions that read them.
 *
 * <p>Each kind lies as feature maps do in a {@link RowWindow}, and so moves up from reader to
 * reader.
 */
final class PairWindow implements ReadWindow {

  /** How many sums and differences there are of a pair. */
  static final int KINDS = 4;

  private static final int STAGED = 3; // of the four rows that a pair depends on; others lie ready
  private static final int EVEN_ROWS_HELD = 1;
  private static final int ODD_ROWS_HELD = 2;

  private final Lowering.Window window;
  private final StripShape shape;
  private final int pairs; // that come out at a strip
  private final List<List<FeatureBlocks>> views = new ArrayList<>(); // by kind, then by reader
  private final List<List<Entry>> entries = new ArrayList<>(); // by the first reader
  private final List<Kernel> climbs = new ArrayList<>();
  private int climbed; // how many pairs the window has moved up at this strip

  /** What is done when feature maps come in. */
  private final class Entry implements AutoCloseable {
    private final int channels; // of even rows, and as many of odd ones
    private final List<Runnable> work = new ArrayList<>();
    private final List<Kernel> kernels = new ArrayList<>();
    private final Workbench workbench;

    /**
     * What is done for some feature maps.
     *
     * @param source the pairs of a strip
     * @param into where each kind of them belongs
     * @param staging room for {@link #STAGED} times the source's even rows
     * @param kept rows of the last strip, if there are any strips
     */
    Entry(
        FeatureBlocks source,
        List<FeatureBlocks> into,
        FeatureBlocks staging,
        Optional<FeatureBlocks> kept,
        Workbench workbench) {
      this.channels = source.channels() / 2;
      this.workbench = workbench;
      FeatureBlocks even = source.channels(0, channels);
      FeatureBlocks odd = source.channels(channels, channels);
      FeatureBlocks first = even; // of the pair
      FeatureBlocks second = odd;
      FeatureBlocks above = part(staging, 0, channels, pairs);
      FeatureBlocks below = even;
      if (kept.isEmpty()) {
        below = part(staging, pairs, channels, pairs);
        copyRows(odd, 0, above, 1, pairs - 1);
        copyRows(even, 1, below, 0, pairs - 1);
        clearRow(above, 0);
        clearRow(below, pairs - 1);
      } else {
        // They are a pair behind, for the row below has to be there.
        FeatureBlocks keptEven = part(kept.get(), 0, channels, EVEN_ROWS_HELD);
        FeatureBlocks keptOdd = part(kept.get(), EVEN_ROWS_HELD, channels, ODD_ROWS_HELD);
        first = part(staging, pairs, channels, pairs);
        second = part(staging, 2 * pairs, channels, pairs);
        copyRow(keptEven, 0, first, 0);
        copyRows(even, 0, first, 1, pairs - 1);
        copyRow(keptOdd, 1, second, 0);
        copyRows(odd, 0, second, 1, pairs - 1);
        copyRow(keptOdd, 0, above, 0);
        copyRows(second, 0, above, 1, pairs - 1);
        copyRow(even, pairs - 1, keptEven, 0);
        copyRow(second, pairs - 1, keptOdd, 0);
        copyRow(odd, pairs - 1, keptOdd, 1);
      }
      add(Kernels.minus(above, second, into.get(0), workbench));
      add(Kernels.plus(first, second, into.get(1), workbench));
      add(Kernels.minus(second, first, into.get(2), workbench));
      add(Kernels.minus(below, first, into.get(3), workbench));
    }

    private void copyRows(FeatureBlocks source, int row, FeatureBlocks target, int to, int count) {
      if (count > 0) {
        add(Kernels.copy(source.rows(row, count), target.rows(to, count), workbench));
      }
    }

    private void add(Kernel kernel) {
      kernels.add(kernel);
      work.add(kernel::run);
    }

    /** Not by a kernel: starting one takes longer than to copy so little. */
    private void copyRow(FeatureBlocks source, int row, FeatureBlocks target, int to) {
      work.add(
          () -> {
            for (int b = 0; b < source.blocks(); b++) {
              target
                  .memory()
                  .copy(
                      target.lineOffset(b, to),
                      source.memory(),
                      source.lineOffset(b, row),
                      source.lineBytes());
            }
          });
    }

    private void clearRow(FeatureBlocks maps, int row) {
      work.add(
          () -> {
            for (int b = 0; b < maps.blocks(); b++) {
              maps.memory().clear(maps.lineOffset(b, row), maps.lineBytes());
            }
          });
    }

    void enter() {
      work.forEach(Runnable::run);
    }

    @Override
    public void close() {
      kernels.forEach(Kernel::close);
    }
  }

  /** What it will take. */
  static Bytes bytes(Lowering.Window window, StripShape shape) {
    long line = shape.lineBytes(first(window));
    int pairs = shape.rows(first(window));
    int climbs = climb(window, window.readers().size() - 1, shape);
    long blocks = 0;
    long heldLines = 0;
    for (Lowering.Member member : window.members()) {
      long own = shape.blocks(member.maps()) / 2;
      blocks += own;
      if (!shape.isWhole()) {
        heldLines += own * (EVEN_ROWS_HELD + ODD_ROWS_HELD);
        heldLines += KINDS * own * (climbs - climb(window, member.firstReader(), shape));
      }
    }
    return new Bytes(
        (KINDS * (blocks * pairs + climbs) + stagedLines(window, shape)) * line, heldLines * line);
  }

  /** What is needed now and then: to bring feature maps in, or to move up. */
  private static int stagedLines(Lowering.Window window, StripShape shape) {
    int all = 0;
    int most = 0;
    for (Lowering.Member member : window.members()) {
      int blocks = shape.blocks(member.maps()) / 2;
      all += blocks;
      most = Math.max(most, blocks);
    }
    return Math.max(KINDS * all, STAGED * most * shape.rows(first(window)));
  }

  private static Lowering.Maps first(Lowering.Window window) {
    return window.members().get(0).maps();
  }

  /** How many pairs a reader's lie above those of the first. */
  private static int climb(Lowering.Window window, int reader, StripShape shape) {
    return (shape.lag(window.readers().get(reader)) - shape.lag(window.readers().get(0))) / 2;
  }

  /**
   * A window.
   *
   * @param memory has {@link ReadWindow.Bytes#window} at {@code offset} while it is in use
   * @param holding has {@link ReadWindow.Bytes#held} at {@code holdingOffset}, zero at first
   * @param sources where the rows of the members are brought, in their order
   */
  PairWindow(
      Lowering.Window window,
      StripShape shape,
      NativeMemory memory,
      long offset,
      NativeMemory holding,
      long holdingOffset,
      List<FeatureBlocks> sources,
      Workbench workbench) {
    this.window = window;
    this.shape = shape;
    Lowering.Maps first = first(window);
    this.pairs = shape.rows(first);
    int channels = sources.stream().mapToInt(FeatureBlocks::channels).sum() / 2;
    int readers = window.readers().size();
    int climbs = climb(window, readers - 1, shape);
    long line = shape.lineBytes(first);
    long kindBytes = ((long) channels / shape.block() * pairs + climbs) * line;
    for (int kind = 0; kind < KINDS; kind++) {
      List<FeatureBlocks> ofKind = new ArrayList<>();
      for (int reader = 0; reader < readers; reader++) {
        int up = climbs - climb(window, reader, shape);
        ofKind.add(dense(memory, offset + kind * kindBytes + up * line, channels, pairs));
      }
      views.add(ofKind);
    }
    FeatureBlocks staging =
        dense(memory, offset + KINDS * kindBytes, shape.block(), stagedLines(window, shape));
    for (int reader = 0; reader < readers; reader++) {
      entries.add(new ArrayList<>());
    }
    long heldAt = holdingOffset;
    int firstChannel = 0;
    for (int i = 0; i < sources.size(); i++) {
      Lowering.Member member = window.members().get(i);
      FeatureBlocks source = sources.get(i);
      int reader = member.firstReader();
      int own = source.channels() / 2;
      int at = firstChannel;
      List<FeatureBlocks> into =
          views.stream().map(ofKind -> ofKind.get(reader).channels(at, own)).toList();
      Optional<FeatureBlocks> kept = Optional.empty();
      if (!shape.isWhole()) {
        kept = Optional.of(dense(holding, heldAt, own, EVEN_ROWS_HELD + ODD_ROWS_HELD));
        heldAt += kept.get().bytes();
      }
      entries.get(reader).add(new Entry(source, into, staging, kept, workbench));
      firstChannel += own;
    }
    addClimbs(holding, heldAt, staging, kindBytes, workbench);
  }

  /** How the window moves up by a pair, each time that it does. */
  private void addClimbs(
      NativeMemory holding,
      long offset,
      FeatureBlocks staging,
      long kindBytes,
      Workbench workbench) {
    long at = offset;
    int channels = 0;
    for (int reader = 1; reader < entries.size(); reader++) {
      channels += entries.get(reader - 1).stream().mapToInt(entry -> entry.channels).sum();
      FeatureBlocks from = views.get(0).get(reader - 1).channels(0, channels);
      int climbing = climb(window, reader, shape) - climb(window, reader - 1, shape);
      for (int by = 1; by <= climbing; by++) {
        FeatureBlocks held = dense(holding, at, channels, KINDS);
        climbs.add(climb(from, by, held, part(staging, 0, channels, KINDS), kindBytes, workbench));
        at += held.bytes();
      }
    }
  }

  /**
   * What is let go now comes in again at the same climb of the next strip. A block lets go what
   * then lies where the next one brings in.
   */
  private Kernel climb(
      FeatureBlocks from,
      int by,
      FeatureBlocks held,
      FeatureBlocks between,
      long kindBytes,
      Workbench workbench) {
    FeatureBlocks lowest = from.rows(pairs - by, 1);
    FeatureBlocks top = from.rows(-by, 1);
    FeatureBlocks line = held.rows(0, 1);
    FeatureBlocks lineBetween = between.rows(0, 1);
    long step = held.lineBytes();
    return Kernel.of(
        "climb",
        List.of(
            Kernels.copyEach(KINDS, lowest, kindBytes, lineBetween, step, workbench),
            Kernels.copyEach(KINDS, line, step, top, kindBytes, workbench),
            Kernels.copy(between, held, workbench)));
  }

  private FeatureBlocks dense(NativeMemory memory, long offset, int channels, int rows) {
    Lowering.Maps first = first(window);
    return FeatureBlocks.dense(
        memory, offset, shape.block(), channels, rows, shape.width(first), shape.precision());
  }

  /** Feature maps in a piece of memory, behind others of as many channels with so many rows. */
  private FeatureBlocks part(FeatureBlocks room, int behind, int channels, int rows) {
    long offset = room.offset() + (long) behind * (channels / room.block()) * room.lineBytes();
    return dense(room.memory(), offset, channels, rows);
  }

  /** What a reader reads of a kind: the first channels of the window, where it then lies. */
  FeatureBlocks view(int kind, int reader, int channels) {
    return views.get(kind).get(reader).channels(0, channels);
  }

  @Override
  public boolean isInUse(long strip) {
    int newest = window.members().stream().mapToInt(m -> shape.lag(m.maps())).min().orElseThrow();
    int last = shape.lag(window.readers().get(window.readers().size() - 1)) / 2;
    return (strip + 1) * pairs - newest > 0
        && 2 * (strip * pairs - last) < shape.height(window.resolution());
  }

  @Override
  public void moveTo(int reader) {
    if (reader > 0) {
      int climbing = climb(window, reader, shape) - climb(window, reader - 1, shape);
      for (int i = 0; i < climbing; i++) {
        climbs.get(climbed++).run();
      }
    }
    entries.get(reader).forEach(Entry::enter);
  }

  @Override
  public void leave() {
    climbed = 0;
  }

  @Override
  public void close() {
    entries.forEach(ofReader -> ofReader.forEach(Entry::close));
    climbs.forEach(Kernel::close);
  }
}
