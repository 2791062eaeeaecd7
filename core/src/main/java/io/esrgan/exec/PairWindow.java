package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.List;

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

  private static final int EVEN_ROWS_HELD = 1;
  private static final int ODD_ROWS_HELD = 2;

  private final Lowering.Window window;
  private final StripShape shape;
  private final int pairs; // that come out at a strip
  private final List<List<FeatureBlocks>> views = new ArrayList<>(); // by kind, then by reader
  private final List<List<Entry>> entries = new ArrayList<>(); // by the first reader
  private final List<FeatureBlocks> held = new ArrayList<>(); // by climb, kind after kind
  private int present; // blocks that were brought in
  private int climbed; // how many pairs the window has moved up at this strip

  /** Feature maps that come in: what has to be done for it. */
  private final class Entry implements AutoCloseable {
    private final int blocks; // of even rows, and as many of odd ones
    private final FeatureBlocks evens; // those of the strip, and one more
    private final FeatureBlocks odds; // those of the strip, and two more
    private final Kernel entering;

    Entry(
        Lowering.Maps maps,
        FeatureBlocks source,
        int firstBlock,
        List<FeatureBlocks> into,
        FeatureBlocks staging,
        FeatureBlocks kept,
        Workbench workbench) {
      this.blocks = shape.blocks(maps) / 2;
      int channels = source.channels() / 2;
      this.evens = part(staging, 0, channels, pairs + EVEN_ROWS_HELD);
      this.odds = part(staging, evens.rows(), channels, pairs + ODD_ROWS_HELD);
      List<Kernel> work = new ArrayList<>();
      FeatureBlocks even = source.channels(0, channels);
      FeatureBlocks odd = source.channels(channels, channels);
      if (shape.isWhole()) {
        work.add(Kernels.copy(even, evens.rows(0, pairs), workbench));
        work.add(Kernels.copy(odd, odds.rows(1, pairs), workbench));
      } else {
        FeatureBlocks keptEven = part(kept, 0, channels, EVEN_ROWS_HELD);
        FeatureBlocks keptOdd = part(kept, EVEN_ROWS_HELD, channels, ODD_ROWS_HELD);
        work.add(Kernels.copy(keptEven, evens.rows(0, EVEN_ROWS_HELD), workbench));
        work.add(Kernels.copy(keptOdd, odds.rows(0, ODD_ROWS_HELD), workbench));
        work.add(Kernels.copy(even, evens.rows(EVEN_ROWS_HELD, pairs), workbench));
        work.add(Kernels.copy(odd, odds.rows(ODD_ROWS_HELD, pairs), workbench));
        work.add(Kernels.copy(evens.rows(pairs, EVEN_ROWS_HELD), keptEven, workbench));
        work.add(Kernels.copy(odds.rows(pairs, ODD_ROWS_HELD), keptOdd, workbench));
      }
      int block = source.block();
      for (int b = 0; b < blocks; b++) {
        FeatureBlocks evenRows = evens.channels(b * block, block);
        FeatureBlocks oddRows = odds.channels(b * block, block);
        FeatureBlocks above = oddRows.rows(0, pairs);
        FeatureBlocks first = evenRows.rows(0, pairs);
        FeatureBlocks second = oddRows.rows(1, pairs);
        FeatureBlocks below = evenRows.rows(1, pairs);
        int at = (firstBlock + b) * block;
        work.add(Kernels.minus(above, second, into.get(0).channels(at, block), workbench));
        work.add(Kernels.plus(first, second, into.get(1).channels(at, block), workbench));
        work.add(Kernels.minus(second, first, into.get(2).channels(at, block), workbench));
        work.add(Kernels.minus(below, first, into.get(3).channels(at, block), workbench));
      }
      this.entering = Kernel.of("pairs", work);
    }

    void enter() {
      if (shape.isWhole()) {
        clear(evens, pairs);
        clear(odds, 0);
      }
      entering.run();
      present += blocks;
    }

    @Override
    public void close() {
      entering.close();
    }
  }

  /** How much memory a window takes, and how much it holds from strip to strip. */
  static RowWindow.Bytes bytes(Lowering.Window window, StripShape shape) {
    long line = shape.lineBytes(first(window));
    int pairs = shape.rows(first(window));
    int climbs = climb(window, window.readers().size() - 1, shape);
    long blocks = 0;
    long largest = 0;
    long heldLines = 0;
    for (Lowering.Member member : window.members()) {
      long own = shape.blocks(member.maps()) / 2;
      blocks += own;
      largest = Math.max(largest, own);
      if (!shape.isWhole()) {
        heldLines += own * (EVEN_ROWS_HELD + ODD_ROWS_HELD);
        heldLines += KINDS * own * (climbs - climb(window, member.firstReader(), shape));
      }
    }
    return new RowWindow.Bytes(
        (KINDS * (blocks * pairs + climbs) + largest * stagedRows(pairs)) * line, heldLines * line);
  }

  private static int stagedRows(int pairs) {
    return 2 * pairs + EVEN_ROWS_HELD + ODD_ROWS_HELD;
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
   * @param memory has {@link RowWindow.Bytes#window} at {@code offset} while it is in use
   * @param holding has {@link RowWindow.Bytes#held} at {@code holdingOffset}, zero at first
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
    int largest = sources.stream().mapToInt(FeatureBlocks::channels).max().orElseThrow() / 2;
    FeatureBlocks staging = dense(memory, offset + KINDS * kindBytes, largest, stagedRows(pairs));
    for (int reader = 0; reader < readers; reader++) {
      entries.add(new ArrayList<>());
    }
    long heldAt = holdingOffset;
    int firstBlock = 0;
    for (int i = 0; i < sources.size(); i++) {
      Lowering.Member member = window.members().get(i);
      FeatureBlocks source = sources.get(i);
      int reader = member.firstReader();
      List<FeatureBlocks> into = views.stream().map(ofKind -> ofKind.get(reader)).toList();
      FeatureBlocks kept = staging;
      if (!shape.isWhole()) {
        kept = dense(holding, heldAt, source.channels() / 2, EVEN_ROWS_HELD + ODD_ROWS_HELD);
        heldAt += (long) kept.blocks() * kept.rows() * kept.lineBytes();
      }
      entries
          .get(reader)
          .add(new Entry(member.maps(), source, firstBlock, into, staging, kept, workbench));
      firstBlock += source.blocks() / 2;
    }
    holdClimbs(holding, heldAt);
  }

  /** Room for the rows that are let go when the window moves up, kind after kind. */
  private void holdClimbs(NativeMemory holding, long offset) {
    long at = offset;
    int blocks = 0;
    for (int reader = 1; reader < entries.size(); reader++) {
      blocks += entries.get(reader - 1).stream().mapToInt(entry -> entry.blocks).sum();
      int climbing = climb(window, reader, shape) - climb(window, reader - 1, shape);
      for (int i = 0; i < climbing; i++) {
        FeatureBlocks lines = dense(holding, at, blocks * shape.block(), KINDS);
        held.add(lines);
        at += (long) blocks * KINDS * lines.lineBytes();
      }
    }
  }

  private FeatureBlocks dense(NativeMemory memory, long offset, int channels, int rows) {
    Lowering.Maps first = first(window);
    return FeatureBlocks.dense(
        memory, offset, shape.block(), channels, rows, shape.width(first), shape.precision());
  }

  /** Feature maps without gaps in a piece of memory, some lines of all their blocks in. */
  private static FeatureBlocks part(FeatureBlocks room, int rowsIn, int channels, int rows) {
    long offset = room.offset() + (long) rowsIn * (channels / room.block()) * room.lineBytes();
    return FeatureBlocks.dense(
        room.memory(), offset, room.block(), channels, rows, room.width(), room.precision());
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
      for (int i = 1; i <= climbing; i++) {
        climb(reader - 1, i);
      }
    }
    entries.get(reader).forEach(Entry::enter);
  }

  /** What is let go now comes in again at the same climb of the next strip. */
  private void climb(int from, int by) {
    FeatureBlocks lines = held.get(climbed);
    for (int kind = 0; kind < KINDS; kind++) {
      FeatureBlocks view = views.get(kind).get(from);
      // In the order of the blocks: what a block brings in overwrites what the one before has just
      // let go.
      for (int b = 0; b < present; b++) {
        long slot = lines.lineOffset(b, kind);
        view.memory().copy(view.lineOffset(b, -by), lines.memory(), slot, view.lineBytes());
        lines.memory().copy(slot, view.memory(), view.lineOffset(b, pairs - by), view.lineBytes());
      }
    }
    climbed++;
  }

  @Override
  public void leave() {
    present = 0;
    climbed = 0;
  }

  private static void clear(FeatureBlocks maps, int row) {
    for (int b = 0; b < maps.blocks(); b++) {
      maps.memory().clear(maps.lineOffset(b, row), maps.lineBytes());
    }
  }

  @Override
  public void close() {
    entries.forEach(ofReader -> ofReader.forEach(Entry::close));
  }
}
