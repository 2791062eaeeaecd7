package io.esrgan.report;

import io.esrgan.report.Column.Better;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * Numbers of one measure: lines of methods, columns of test sets.
 *
 * @param name of the measure
 * @param detail how it was taken
 * @param better which of its numbers are the better ones; where neither, bars begin at zero
 * @param measured what this program measured
 * @param published what others did, by the same protocol
 */
public record Board(
    String name, String detail, Better better, List<Line> measured, List<Published> published) {
  private static final double SHORTEST = 0.15; // of the range, so that the lowest has a bar

  public Board {
    measured = List.copyOf(measured);
    published = List.copyOf(published);
  }

  /**
   * A method's numbers.
   *
   * @param ranked whether it competes: what is only there to be held against does not
   * @param cells one for each set
   */
  public record Line(String method, boolean ranked, List<Cell> cells) {
    public Line {
      cells = List.copyOf(cells);
    }
  }

  /** Lines of one source. */
  public record Published(String source, List<Line> lines) {
    public Published {
      lines = List.copyOf(lines);
    }
  }

  /**
   * A number as it is written.
   *
   * @param value not-a-number where there is none
   */
  public record Cell(double value, String text) {
    /** Where nothing was measured. */
    public static final Cell NONE = new Cell(Double.NaN, "-");

    /** A number with so many digits after its point. */
    public static Cell of(double value, int decimals) {
      return new Cell(value, Table.written(value, decimals));
    }

    boolean isThere() {
      return !Double.isNaN(value);
    }
  }

  /** Where bars of a set begin and end: what competes has room. */
  Axis ends(int set) {
    DoubleStream values = competing(set).filter(Double::isFinite);
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      return new Axis(0, 1, false);
    }
    double low = sorted[0];
    double high = sorted[sorted.length - 1];
    if (better == Better.NEITHER) {
      return new Axis(0, high > 0 ? high : 1, false);
    }
    return high > low
        ? new Axis(low - SHORTEST * (high - low), high, false)
        : Axis.around(low, high);
  }

  /** 0 for a bar that is not there, 1 for one that is full. */
  double place(Cell cell, int set) {
    return Math.min(1, Math.max(0, ends(set).place(cell.value())));
  }

  private DoubleStream competing(int set) {
    return Stream.concat(
            measured.stream(), published.stream().flatMap(source -> source.lines().stream()))
        .filter(Line::ranked)
        .mapToDouble(line -> line.cells().get(set).value());
  }

  /** 1 for the best of those that were measured, 2 for the second best, 0 for all others. */
  int rank(Line line, int set) {
    if (better == Better.NEITHER || !line.ranked() || !measured.contains(line)) {
      return 0;
    }
    double sign = better == Better.HIGHER ? -1 : 1;
    double[] values =
        measured.stream()
            .filter(Line::ranked)
            .mapToDouble(other -> sign * other.cells().get(set).value())
            .filter(value -> !Double.isNaN(value))
            .distinct()
            .sorted()
            .toArray();
    double own = sign * line.cells().get(set).value();
    for (int i = 0; i < Math.min(2, values.length - 1); i++) {
      if (values[i] == own) {
        return i + 1;
      }
    }
    return 0;
  }
}
