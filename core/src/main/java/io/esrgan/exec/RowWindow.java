package io.esrgan.exec;

import io.esrgan.tensor.FeatureBlocks;
import io.esrgan.tensor.Kernel;
import io.esrgan.tensor.Kernels;
import io.esrgan.tensor.NativeMemory;
import io.esrgan.tensor.Workbench;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows of several feature maps side by side in memory, so that convolutions read a prefix of their
 * channels without a copy, and each convolution sees a few rows farther up than the one before.
 *
 * <p>Blocks of channels lie one behind the other, each as many rows high as a convolution reads.
 * Moving up by a row means reading one row earlier in memory: the row that comes in at the top of a
 * block lies where the block before had its lowest row, which is not needed any more. So only the
 * rows that come and go are copied. Those that go are held until the next strip, where they come in
 * again.
 *
 * <p>Rows may have a margin of zeros on either side, {@link StripShape#margin}.
 */
final class RowWindow implements ReadWindow {

  /** Feature maps in the window, with the rows of theirs that are held from strip to strip. */
  private static final class Tape {
    private final FeatureBlocks source; // the rows that a strip brings
    private final int firstBlock;
    private final int below; // rows brought that lie below the window when they are placed
    private final FeatureBlocks held; // (slots) rows
    private final Optional<FeatureBlocks> places; // where the rows that are copied come to lie
    private final Optional<Kernel> placing;
    private List<Integer> slots; // of rows held, the lowest first
    private final List<Integer> free = new ArrayList<>();
    private List<Integer> next = new ArrayList<>(); // of rows held for the next strip
    private int taken; // how many of the slots were used up in this strip

    Tape(
        FeatureBlocks source,
        int firstBlock,
        int below,
        FeatureBlocks held,
        Optional<FeatureBlocks> places,
        Workbench workbench) {
      this.source = source;
      this.firstBlock = firstBlock;
      this.below = below;
      this.held = held;
      this.places = places;
      this.placing = places.map(to -> Kernels.copyMiddle(source.rows(0, to.rows()), to, workbench));
      this.slots = new ArrayList<>();
      for (int slot = 0; slot + 1 < held.rows(); slot++) {
        slots.add(slot);
      }
      free.add(held.rows() - 1);
    }

    int lastBlock() {
      return firstBlock + source.blocks();
    }

    private int take() {
      int slot = slots.get(taken++);
      free.add(slot);
      return slot;
    }

    /** Rows held that lie below the window this time too. */
    private List<Integer> passOver(int count) {
      List<Integer> passed = List.copyOf(slots.subList(taken, taken + count));
      taken += count;
      return passed;
    }

    private int hold() {
      int slot = free.remove(free.size() - 1);
      next.add(slot);
      return slot;
    }

    private void turn() {
      slots = next;
      next = new ArrayList<>();
      taken = 0;
    }
  }

  private final Lowering.Window window;
  private final StripShape shape;
  private final int rows; // that come out at a strip
  private final int height; // that a convolution reads
  private final List<FeatureBlocks> views = new ArrayList<>(); // what each reader sees
  private final List<List<Tape>> placed = new ArrayList<>(); // by each reader
  private final Map<Lowering.Maps, FeatureBlocks> brought = new HashMap<>(); // by strips
  private final List<Tape> present = new ArrayList<>();
  private final long margin; // bytes of zeros left of a row, and as many right of it
  private final int newest; // the least lag among members

  /** What it will take. */
  static Bytes bytes(Lowering.Window window, StripShape shape) {
    long line = lineBytes(window, shape);
    int blocks = 0;
    long held = 0;
    for (Lowering.Member member : window.members()) {
      int own = shape.blocks(member.maps());
      blocks += own;
      held += own * line * slots(window, member, shape);
    }
    long lines =
        (long) blocks * height(window, shape) + climb(window, window.readers().size() - 1, shape);
    return new Bytes(lines * line, held);
  }

  /** Bytes of a row of one block with its margins; all members have the same. */
  private static long lineBytes(Lowering.Window window, StripShape shape) {
    return shape.width(window) * pixelBytes(window, shape);
  }

  private static long pixelBytes(Lowering.Window window, StripShape shape) {
    return (long) shape.block(window.members().get(0).maps()) * shape.precision().bytes();
  }

  private static int height(Lowering.Window window, StripShape shape) {
    return shape.rows(window.resolution()) + 2 * window.halo();
  }

  /** How far a reader's rows lie above those of the first. */
  private static int climb(Lowering.Window window, int reader, StripShape shape) {
    return shape.lag(window.readers().get(reader)) - shape.lag(window.readers().get(0));
  }

  /** How many of a member's rows that a strip brings lie below the window when they are placed. */
  static int below(Lowering.Window window, Lowering.Member member, StripShape shape) {
    int lag = shape.lag(window.readers().get(member.firstReader()));
    return Math.max(0, lag - window.halo() - shape.lag(member.maps().lag()));
  }

  /** Rows held from one strip to the next, and one to spare. */
  private static int slots(Lowering.Window window, Lowering.Member member, StripShape shape) {
    if (shape.isWhole()) {
      return 1;
    }
    int last = window.readers().get(window.readers().size() - 1);
    return last + window.halo() - member.maps().lag() + 1;
  }

  /**
   * A window.
   *
   * @param memory has {@link Bytes#window} at {@code offset} while it is in use
   * @param holding has {@link Bytes#held} at {@code holdingOffset}, zero at first
   * @param sources where the rows of the members are brought, in their order; empty for those that
   *     are written where they are read
   */
  RowWindow(
      Lowering.Window window,
      StripShape shape,
      NativeMemory memory,
      long offset,
      NativeMemory holding,
      long holdingOffset,
      List<Optional<FeatureBlocks>> sources,
      Workbench workbench) {
    this.window = window;
    this.shape = shape;
    this.rows = shape.rows(window.resolution());
    this.height = height(window, shape);
    this.margin = shape.margin(window) * pixelBytes(window, shape);
    this.newest = window.members().stream().mapToInt(m -> m.maps().lag()).min().orElseThrow();
    int readers = window.readers().size();
    Lowering.Maps first = window.members().get(0).maps();
    int channels =
        window.members().stream().mapToInt(m -> shape.channels(m.maps().channels())).sum();
    long line = lineBytes(window, shape);
    for (int reader = 0; reader < readers; reader++) {
      int up = climb(window, readers - 1, shape) - climb(window, reader, shape);
      views.add(
          FeatureBlocks.dense(
              memory,
              offset + up * line,
              shape.block(first),
              channels,
              height,
              shape.width(window),
              shape.precision()));
      placed.add(new ArrayList<>());
    }
    int firstBlock = 0;
    long heldAt = holdingOffset;
    for (int i = 0; i < sources.size(); i++) {
      Lowering.Member member = window.members().get(i);
      FeatureBlocks held =
          FeatureBlocks.dense(
              holding,
              heldAt,
              shape.block(member.maps()),
              shape.channels(member.maps()),
              slots(window, member, shape),
              shape.width(window),
              shape.precision());
      Tape tape = tape(member, sources.get(i), firstBlock, held, workbench);
      placed.get(member.firstReader()).add(tape);
      brought.put(member.maps(), tape.source);
      firstBlock = tape.lastBlock();
      heldAt += held.bytes();
    }
  }

  private Tape tape(
      Lowering.Member member,
      Optional<FeatureBlocks> source,
      int firstBlock,
      FeatureBlocks held,
      Workbench workbench) {
    int below = below(window, member, shape);
    int brought = Math.max(0, rows - below);
    int above = shape.isWhole() ? window.halo() : height - brought;
    FeatureBlocks view =
        views.get(member.firstReader()).channels(firstBlock * held.block(), held.channels());
    if (source.isEmpty()) {
      FeatureBlocks inPlace = view.rows(above, rows);
      return new Tape(inPlace, firstBlock, below, held, Optional.empty(), workbench);
    }
    Optional<FeatureBlocks> places =
        brought == 0 ? Optional.empty() : Optional.of(view.rows(above, brought));
    return new Tape(source.get(), firstBlock, below, held, places, workbench);
  }

  /** Where the rows of feature maps come to lie that are written where they are read. */
  FeatureBlocks place(Lowering.Maps maps) {
    return brought.get(maps);
  }

  /** What a reader reads: the first channels of the window, where it then lies. */
  FeatureBlocks view(int reader, int channels) {
    return views.get(reader).channels(0, channels);
  }

  @Override
  public boolean isInUse(long strip) {
    int last = window.readers().get(window.readers().size() - 1);
    return shape.firstRow(strip, window.resolution(), newest) + rows > 0
        && shape.firstRow(strip, window.resolution(), last) < shape.height(window.resolution());
  }

  @Override
  public void moveTo(int reader) {
    if (reader > 0) {
      int climbing = climb(window, reader, shape) - climb(window, reader - 1, shape);
      for (int i = 1; i <= climbing; i++) {
        climb(views.get(reader - 1), i);
      }
    }
    for (Tape tape : placed.get(reader)) {
      place(tape, views.get(reader));
      present.add(tape);
    }
  }

  private void climb(FeatureBlocks from, int by) {
    // In the order of the blocks: what a block brings in overwrites what the one before has just
    // let go.
    for (Tape tape : present) {
      int out = tape.hold();
      int in = tape.take();
      for (int b = 0; b < tape.source.blocks(); b++) {
        hold(tape, b, out, from, height - by);
        bring(tape, b, in, from, -by);
      }
    }
  }

  private void place(Tape tape, FeatureBlocks view) {
    if (shape.isWhole()) {
      for (int b = tape.firstBlock; b < tape.lastBlock(); b++) {
        long edge = window.halo() * view.lineBytes();
        view.memory().clear(view.lineOffset(b, 0), edge);
        view.memory().clear(view.lineOffset(b, height - window.halo()), edge);
      }
    } else {
      int brought = Math.max(0, rows - tape.below);
      List<Integer> passedOver = tape.passOver(tape.below - (rows - brought));
      for (int row = height - brought - 1; row >= 0; row--) {
        int slot = tape.take();
        for (int b = 0; b < tape.source.blocks(); b++) {
          bring(tape, b, slot, view, row);
        }
      }
      for (int row = rows - 1; row >= brought; row--) {
        int slot = tape.hold();
        for (int b = 0; b < tape.source.blocks(); b++) {
          tape.held
              .memory()
              .copy(
                  tape.held.lineOffset(b, slot) + margin,
                  tape.source.memory(),
                  tape.source.lineOffset(b, row),
                  tape.source.lineBytes());
        }
      }
      tape.next.addAll(passedOver);
    }
    if (margin > 0) {
      tape.places.ifPresent(this::clearMargins);
    }
    tape.placing.ifPresent(Kernel::run);
  }

  /** Of rows that a strip brings; those that were held have theirs. */
  private void clearMargins(FeatureBlocks brought) {
    NativeMemory memory = brought.memory();
    for (int b = 0; b < brought.blocks(); b++) {
      memory.clear(brought.lineOffset(b, 0), margin);
      for (int row = 1; row < brought.rows(); row++) {
        memory.clear(brought.lineOffset(b, row) - margin, 2 * margin);
      }
      memory.clear(brought.lineOffset(b, brought.rows()) - margin, margin);
    }
  }

  private static void hold(Tape tape, int block, int slot, FeatureBlocks view, int row) {
    tape.held
        .memory()
        .copy(
            tape.held.lineOffset(block, slot),
            view.memory(),
            view.lineOffset(tape.firstBlock + block, row),
            view.lineBytes());
  }

  private static void bring(Tape tape, int block, int slot, FeatureBlocks view, int row) {
    view.memory()
        .copy(
            view.lineOffset(tape.firstBlock + block, row),
            tape.held.memory(),
            tape.held.lineOffset(block, slot),
            view.lineBytes());
  }

  @Override
  public void leave() {
    FeatureBlocks view = views.get(views.size() - 1);
    if (!shape.isWhole()) {
      for (Tape tape : present) {
        for (int row = height - 1; row >= rows; row--) {
          int slot = tape.hold();
          for (int b = 0; b < tape.source.blocks(); b++) {
            hold(tape, b, slot, view, row);
          }
        }
        tape.turn();
      }
    }
    present.clear();
  }

  @Override
  public void close() {
    placed.forEach(tapes -> tapes.forEach(tape -> tape.placing.ifPresent(Kernel::close)));
  }
}
