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
 * and {@code d3 - d1}: four {@linkplain PairSums kinds}, each convolved by a single row. They are
 * worked out once for all convolutions that read them.
 *
 * <p>Each kind lies as feature maps do in a {@link RowWindow}, and so moves up from reader to
 * reader.
 */
final class PairWindow implements ReadWindow {

  private static final int KINDS = PairSums.KINDS;

  private final Lowering.Window window;
  private final StripShape shape;
  private final int pairs; // that come out at a strip
  private final List<List<FeatureBlocks>> views = new ArrayList<>(); // by kind, then by reader
  private final List<List<PairSums>> entries = new ArrayList<>(); // by the first reader
  private final List<Kernel> climbs = new ArrayList<>();
  private final FeatureBlocks empty; // a line beyond a picture that is computed at once
  private int climbed; // how many pairs the window has moved up at this strip

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
        heldLines += own * PairSums.ROWS_HELD;
        heldLines += KINDS * own * (climbs - climb(window, member.firstReader(), shape));
      }
    }
    return new Bytes(
        (KINDS * (blocks * pairs + climbs) + spareLines(window, shape)) * line, heldLines * line);
  }

  /** What is needed now and then: to move up, or a line beyond the picture. */
  private static int spareLines(Lowering.Window window, StripShape shape) {
    return shape.isWhole()
        ? 1
        : KINDS * window.members().stream().mapToInt(m -> shape.blocks(m.maps()) / 2).sum();
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
    FeatureBlocks spare =
        dense(memory, offset + KINDS * kindBytes, shape.block(), spareLines(window, shape));
    this.empty = spare.rows(0, 1);
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
        kept = Optional.of(dense(holding, heldAt, own, PairSums.ROWS_HELD));
        heldAt += kept.get().bytes();
      }
      entries.get(reader).add(new PairSums(source, into, kept, empty, workbench));
      firstChannel += own;
    }
    addClimbs(holding, heldAt, spare, kindBytes, workbench);
  }

  /** How the window moves up by a pair, each time that it does. */
  private void addClimbs(
      NativeMemory holding, long offset, FeatureBlocks spare, long kindBytes, Workbench workbench) {
    long at = offset;
    int channels = 0;
    for (int reader = 1; reader < entries.size(); reader++) {
      channels += entries.get(reader - 1).stream().mapToInt(PairSums::channels).sum();
      FeatureBlocks from = views.get(0).get(reader - 1).channels(0, channels);
      int climbing = climb(window, reader, shape) - climb(window, reader - 1, shape);
      for (int by = 1; by <= climbing; by++) {
        FeatureBlocks held = dense(holding, at, channels, KINDS);
        climbs.add(
            climb(
                from,
                by,
                held,
                dense(spare.memory(), spare.offset(), channels, KINDS),
                kindBytes,
                workbench));
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
    if (shape.isWhole()) {
      empty.memory().clear(empty.offset(), empty.lineBytes());
    }
    entries.get(reader).forEach(PairSums::run);
  }

  @Override
  public void leave() {
    climbed = 0;
  }

  @Override
  public void close() {
    entries.forEach(ofReader -> ofReader.forEach(PairSums::close));
    climbs.forEach(Kernel::close);
  }
}
