package io.esrgan.exec;

import io.esrgan.nn.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;

/**
 * How a picture is gone over so that it fits the memory budget, and what that takes.
 *
 * <p>Strips of rows cost nothing: what a strip shares with the next is kept, and the result is the
 * whole picture's. A picture that is too wide even for strips is cut into bands of columns as well,
 * each gone over in strips. A band sees its neighbours' columns as far as the network does, so it
 * is exact too, but these columns are computed twice; unless the settings have a smaller overlap,
 * and what they compute is an approximation.
 *
 * <p>A network that sees the whole picture at once is exact only if all of it fits. Else its strips
 * and bands are tiles, which share rows and columns with their neighbours and are approximate.
 *
 * @param width of the picture, padded to the network's multiple
 * @param height likewise
 * @param stripRows rows that are taken in at a time
 * @param rowsComputed rows of each band, those that are computed again among them
 * @param bands from left to right
 * @param bytes forecast of the memory at the worst moment, without weights and the result itself
 * @param multiplications in all, those for rows without a pixel of the picture among them
 * @param exact whether the result is that of the whole picture at once
 * @param frugal whether it is computed in the way that takes the least memory, not in the fastest
 */
public record Plan(
    int width,
    int height,
    int stripRows,
    int rowsComputed,
    List<Band> bands,
    long bytes,
    double multiplications,
    boolean exact,
    boolean frugal) {

  /** Feature maps of a picture that is computed at once: more is slower than strips, and big. */
  private static final long WHOLE_BYTES = 256L << 20;

  /** Rows below which a strip is slow. */
  private static final int FEW_ROWS = 8;

  /** Columns of its own below which a band is mostly overlap. */
  private static final int NARROWEST = 32;

  /** How a picture is cut. */
  public enum Cut {
    /** Not at all. */
    WHOLE,
    /** Into strips of rows. */
    STRIPS,
    /** Into bands of columns, and these into strips. */
    BANDS
  }

  /**
   * Columns that are gone over together, in pixels of the padded input.
   *
   * @param x left edge of what is kept
   * @param width of what is kept
   * @param seenX left edge of what is computed
   * @param seenWidth of what is computed
   */
  public record Band(int x, int width, int seenX, int seenWidth) {}

  /** How it is cut. */
  public Cut cut() {
    return bands.size() > 1 ? Cut.BANDS : stripRows < height ? Cut.STRIPS : Cut.WHOLE;
  }

  /** Rows that are gone over in all, those of every band. */
  public int rows() {
    return Math.multiplyExact(height, bands.size());
  }

  /** How much is computed, relative to the least possible: 1.18 is 18 percent computed twice. */
  public double repetition() {
    double columns = bands.stream().mapToLong(Band::seenWidth).sum() / (double) width;
    return columns * rowsComputed / height;
  }

  /**
   * The plan for a picture: in the fastest way, if memory does not slow that down and the speed is
   * worth what it takes.
   *
   * @throws TooLittleMemoryException if not even narrow bands fit
   */
  static Plan of(
      int width, int height, int multiple, Graph graph, Runner runner, Executor.Settings settings) {
    return planner(width, height, multiple, graph, runner, settings, false)
        .unhurt()
        .orElseGet(() -> frugal(width, height, multiple, graph, runner, settings));
  }

  /**
   * The plan for a picture that is computed in the frugal way.
   *
   * @throws TooLittleMemoryException if not even narrow bands fit
   */
  static Plan frugal(
      int width, int height, int multiple, Graph graph, Runner runner, Executor.Settings settings) {
    Runner frugal = runner.frugal();
    return planner(width, height, multiple, graph, frugal, settings, frugal != runner).plan();
  }

  private static Planner planner(
      int width,
      int height,
      int multiple,
      Graph graph,
      Runner runner,
      Executor.Settings settings,
      boolean frugal) {
    return new Planner(
        roundUp(width, multiple),
        roundUp(height, multiple),
        multiple,
        Math.max(multiple, runner.rowStep()),
        graph,
        runner,
        settings,
        frugal);
  }

  private static int roundUp(int value, int multiple) {
    return Math.addExact(value, multiple - 1) / multiple * multiple;
  }

  private record Planner(
      int width,
      int height,
      int multiple,
      int step, // what strips' heights are multiples of
      Graph graph,
      Runner runner,
      Executor.Settings settings,
      boolean frugal) {

    Plan plan() {
      return atFullWidth(step, settings.memoryBytes())
          .orElseGet(() -> graph.seesAll() ? inTiles() : inBands());
    }

    /** At once, or in strips as high as they are fast; empty if neither fits. */
    Optional<Plan> unhurt() {
      return atFullWidth(rows(width), Math.min(settings.memoryBytes(), runner.worthBytes()));
    }

    private Optional<Plan> atFullWidth(int fewestRows, long budget) {
      long most = graph.seesAll() ? budget : Math.min(budget, WHOLE_BYTES);
      if (runner.bytes(width, height, height) <= most) {
        return Optional.of(plan(height, List.of(new Band(0, width, 0, width))));
      }
      if (graph.seesAll()) {
        return Optional.empty();
      }
      for (int rows = rows(width); ; rows = half(rows)) {
        if (runner.bytes(width, height, rows) <= budget) {
          return Optional.of(plan(rows, List.of(new Band(0, width, 0, width))));
        }
        if (rows <= fewestRows) {
          return Optional.empty();
        }
      }
    }

    private Plan inBands() {
      int reach = roundUp(graph.receptiveRadius(), multiple);
      int overlap =
          Math.min(reach, roundUp(settings.overlap().orElse(Integer.MAX_VALUE - 64), multiple));
      for (int rows = Math.min(height, roundUp(FEW_ROWS, step)); ; rows = half(rows)) {
        int widest = widest(rows);
        int own = (widest - 2 * overlap) / multiple * multiple;
        if (own >= NARROWEST) {
          return plan(rows, bands(own, overlap));
        }
        if (rows <= step) {
          throw new TooLittleMemoryException(
              settings.memoryBytes(),
              runner.bytes(Math.min(width, 2 * overlap + NARROWEST), height, rows));
        }
      }
    }

    /** Squares as large as fit. */
    private Plan inTiles() {
      int overlap = settings.tileOverlap(graph, multiple);
      int side = largest(Math.max(width, height), own -> tileBytes(own, overlap));
      int own = side / multiple * multiple;
      if (own < Math.min(NARROWEST, Math.max(width, height))) {
        throw new TooLittleMemoryException(settings.memoryBytes(), tileBytes(NARROWEST, overlap));
      }
      return plan(Math.min(own, height), bands(own, overlap));
    }

    private long tileBytes(int own, int overlap) {
      int seen = (int) Math.min(width, own + 2L * overlap);
      return runner.bytes(seen, height, Math.min(own, height));
    }

    /** The widest band whose strips fit. */
    private int widest(int rows) {
      return largest(width, across -> runner.bytes(across, height, rows));
    }

    /** The largest size below {@code tooLarge} whose memory is within the budget; 0 if none is. */
    private int largest(int tooLarge, IntToLongFunction bytes) {
      int fits = 0;
      int rest = tooLarge;
      while (rest - fits > 1) {
        int middle = (fits + rest) >>> 1;
        if (bytes.applyAsLong(middle) <= settings.memoryBytes()) {
          fits = middle;
        } else {
          rest = middle;
        }
      }
      return fits;
    }

    private List<Band> bands(int own, int overlap) {
      int count = (width + own - 1) / own;
      List<Band> bands = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int left = edge(i, count);
        int right = edge(i + 1, count);
        int seenLeft = Math.max(0, left - overlap);
        int seenRight = Math.min(width, right + overlap);
        bands.add(new Band(left, right - left, seenLeft, seenRight - seenLeft));
      }
      return List.copyOf(bands);
    }

    private int edge(int index, int count) {
      return index == count ? width : (int) ((long) width * index / count) / multiple * multiple;
    }

    /** Rows of a strip where memory does not count. */
    private int rows(int across) {
      int rows = Math.max(FEW_ROWS, runner.stripRows(across, height));
      return Math.min(height, roundUp(rows, step));
    }

    private int half(int rows) {
      int few = roundUp(FEW_ROWS, step);
      return Math.max(rows > few ? few : step, rows / 2 / step * step);
    }

    private Plan plan(int rows, List<Band> bands) {
      int seen = bands.stream().mapToInt(Band::seenWidth).max().orElseThrow();
      boolean whole = rows == height && bands.size() == 1;
      boolean sharesEnough =
          bands.size() == 1
              || settings.overlap().isEmpty()
              || settings.overlap().getAsInt() >= graph.receptiveRadius();
      int rowsComputed = runner.rowsComputed(height, rows);
      return new Plan(
          width,
          height,
          rows,
          rowsComputed,
          bands,
          runner.bytes(seen, height, rows),
          graph.multiplicationsPerPixel()
              * runner.rowsWorked(height, rows)
              * bands.stream().mapToLong(Band::seenWidth).sum(),
          graph.seesAll() ? whole : sharesEnough,
          frugal);
    }
  }
}
