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
 * rows that come and go are copied, those of all blocks at once.
 *
 * <p>Those that go are held until the next strip. It brings them in again twice the halo earlier
 * than they went: the lowest rows of one strip are the highest of the next, and the window is
 * higher than a strip by as much.
 *
 * <p>Rows may have a margin of zeros on either side, {@link StripShape#margin}.
 */
final class RowWindow implements ReadWindow {

  private final Lowering.Window window;
  private final StripShape shape;
  private final int rows; // that come out at a strip
  private final int height; // that a convolution reads
  private final long margin; // bytes of zeros left of a row, and as many right of it
  private final List<FeatureBlocks> views = new ArrayList<>(); // what each reader sees
  private final Map<Lowering.Maps, FeatureBlocks> inPlace = new HashMap<>();
  private final List<FeatureBlocks> held = new ArrayList<>(); // rows, in the order they went
  private final List<List<Runnable>> moves = new ArrayList<>(); // to each reader
  private final int newest; // the least lag among members
  private final Optional<Kernel> leaving; // empty if there is one strip only
  private final Owned owned = new Owned();

  /** What it will take. */
  static Bytes bytes(Lowering.Window window, StripShape shape) {
    long line = lineBytes(window, shape);
    int last = window.readers().size() - 1;
    int blocks = blocks(window, last, shape);
    long lines = (long) blocks * height(window, shape) + climb(window, last, shape);
    long heldLines = 0;
    long waiting = 0;
    if (!shape.isWhole()) {
      heldLines = (long) blocks * 2 * window.halo();
      for (int reader = 1; reader <= last; reader++) {
        heldLines += (long) blocks(window, reader - 1, shape) * step(window, reader, shape);
      }
      for (Lowering.Member member : window.members()) {
        waiting += RowDelay.bytes(shape, member.maps(), below(window, member, shape));
      }
    }
    return new Bytes(lines * line, heldLines * line + waiting);
  }

  /** Bytes of a row of one block with its margins; all members have the same. */
  private static long lineBytes(Lowering.Window window, StripShape shape) {
    return shape.width(window) * pixelBytes(window, shape);
  }

  private static long pixelBytes(Lowering.Window window, StripShape shape) {
    return (long) shape.block(first(window)) * shape.precision().bytes();
  }

  private static Lowering.Maps first(Lowering.Window window) {
    return window.members().get(0).maps();
  }

  private static int height(Lowering.Window window, StripShape shape) {
    return shape.rows(window.resolution()) + 2 * window.halo();
  }

  /** How many blocks are there when a reader reads. */
  private static int blocks(Lowering.Window window, int reader, StripShape shape) {
    return window.members().stream()
        .filter(member -> member.firstReader() <= reader)
        .mapToInt(member -> shape.blocks(member.maps()))
        .sum();
  }

  /** How far a reader's rows lie above those of the first. */
  private static int climb(Lowering.Window window, int reader, StripShape shape) {
    return shape.lag(window.readers().get(reader)) - shape.lag(window.readers().get(0));
  }

  /** How far a reader's rows lie above those of the one before. */
  private static int step(Lowering.Window window, int reader, StripShape shape) {
    return reader == 0 ? 0 : climb(window, reader, shape) - climb(window, reader - 1, shape);
  }

  /** How many of a member's rows that a strip brings lie below the window, and wait. */
  static int below(Lowering.Window window, Lowering.Member member, StripShape shape) {
    int lag = shape.lag(window.readers().get(member.firstReader()));
    return Math.max(0, lag - window.halo() - shape.lag(member.maps().lag()));
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
    int blocks = blocks(window, readers - 1, shape);
    for (int reader = 0; reader < readers; reader++) {
      int up = climb(window, readers - 1, shape) - climb(window, reader, shape);
      views.add(dense(memory, offset + up * lineBytes(window, shape), blocks, height));
    }
    long waitingAt = holdingOffset;
    if (shape.isWhole()) {
      this.leaving = Optional.empty();
    } else {
      waitingAt += reserveHeld(holding, holdingOffset);
      this.leaving = Optional.of(leaving(workbench));
    }
    int next = 0;
    for (int reader = 0; reader < readers; reader++) {
      List<Runnable> move = new ArrayList<>();
      FeatureBlocks view = views.get(reader);
      if (!shape.isWhole()) {
        move.add(moving(reader, workbench)::run);
      }
      int block = present(reader);
      for (; next < sources.size() && window.members().get(next).firstReader() == reader; next++) {
        Lowering.Member member = window.members().get(next);
        FeatureBlocks arriving = blocks(view, block, shape.blocks(member.maps()));
        if (shape.isWhole()) {
          move.add(() -> clearEdges(arriving));
        }
        FeatureBlocks place = arriving.rows(above(), rows);
        if (sources.get(next).isPresent()) {
          int below = below(window, member, shape);
          RowDelay delay =
              new RowDelay(sources.get(next).get(), place, below, holding, waitingAt, workbench);
          if (margin > 0) {
            move.add(() -> clearMargins(place));
          }
          move.add(owned.add(delay)::run);
          waitingAt += RowDelay.bytes(shape, member.maps(), below);
        } else {
          inPlace.put(member.maps(), place);
        }
        block += arriving.blocks();
      }
      moves.add(move);
    }
  }

  /** How many blocks are there before a reader brings in what it is the first to read. */
  private int present(int reader) {
    return reader == 0 ? 0 : blocks(window, reader - 1, shape);
  }

  private FeatureBlocks dense(NativeMemory memory, long offset, int blocks, int rowCount) {
    int block = shape.block(first(window));
    return FeatureBlocks.dense(
        memory, offset, block, blocks * block, rowCount, shape.width(window), shape.precision());
  }

  private static FeatureBlocks blocks(FeatureBlocks all, int first, int count) {
    return all.channels(first * all.block(), count * all.block());
  }

  /** Rows above those that a strip brings. */
  private int above() {
    return shape.isWhole() ? window.halo() : 2 * window.halo();
  }

  /** Finds a place for each row that goes, until the last reader and after it; gives their size. */
  private long reserveHeld(NativeMemory holding, long offset) {
    long at = offset;
    for (int reader = 1; reader <= views.size(); reader++) {
      int going = reader < views.size() ? step(window, reader, shape) : above();
      for (int i = 0; i < going; i++) {
        FeatureBlocks row = dense(holding, at, present(reader), 1);
        held.add(row);
        at += row.bytes();
      }
    }
    return at - offset;
  }

  /** Holds the lowest rows that the last reader saw and the next strip still needs. */
  private Kernel leaving(Workbench workbench) {
    FeatureBlocks last = views.get(views.size() - 1);
    List<Kernel> copies = new ArrayList<>();
    for (int row = above() - 1; row >= 0; row--) {
      FeatureBlocks left = held.get(held.size() - 1 - row);
      copies.add(Kernels.copy(last.rows(rows + row, 1), left, workbench));
    }
    return owned.add(Kernel.of("leave", copies));
  }

  /** What is there moves up from the reader before, and what arrives gets its rows of before. */
  private Kernel moving(int reader, Workbench workbench) {
    int present = present(reader);
    List<Kernel> copies = new ArrayList<>();
    int level = climb(window, Math.max(0, reader - 1), shape);
    for (int by = 1; by <= step(window, reader, shape); by++, level++) {
      FeatureBlocks from = blocks(views.get(reader - 1), 0, present);
      FeatureBlocks in = blocks(held.get(level + 2 * window.halo()), 0, present);
      // All goes before any comes: a block's top row lies where the one before had its lowest.
      copies.add(Kernels.copy(from.rows(height - by, 1), held.get(level), workbench));
      copies.add(Kernels.copy(in, from.rows(-by, 1), workbench));
    }
    int arriving = blocks(window, reader, shape) - present;
    for (int row = above() - 1; row >= 0 && arriving > 0; row--, level++) {
      FeatureBlocks in = blocks(held.get(level), present, arriving);
      FeatureBlocks top = blocks(views.get(reader), present, arriving).rows(row, 1);
      copies.add(Kernels.copy(in, top, workbench));
    }
    return owned.add(Kernel.of("move", copies));
  }

  /** Where the rows of feature maps come to lie that are written where they are read. */
  FeatureBlocks place(Lowering.Maps maps) {
    return inPlace.get(maps);
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
    moves.get(reader).forEach(Runnable::run);
  }

  /** Above and below a picture that is computed at once. */
  private void clearEdges(FeatureBlocks maps) {
    long edge = window.halo() * maps.lineBytes();
    for (int b = 0; b < maps.blocks(); b++) {
      maps.memory().clear(maps.lineOffset(b, 0), edge);
      maps.memory().clear(maps.lineOffset(b, height - window.halo()), edge);
    }
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

  @Override
  public void leave() {
    leaving.ifPresent(Kernel::run);
  }

  @Override
  public void close() {
    owned.close();
  }
}
