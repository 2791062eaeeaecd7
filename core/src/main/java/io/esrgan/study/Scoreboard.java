package io.esrgan.study;

import io.esrgan.report.Board;
import io.esrgan.report.Board.Cell;
import io.esrgan.report.Board.Line;
import io.esrgan.report.Column;
import io.esrgan.report.Column.Better;
import io.esrgan.report.ScorePage;
import io.esrgan.report.ScorePage.TestSet;
import io.esrgan.report.Table;
import io.esrgan.study.PublishedNumbers.Published;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The table of an evaluation as a page, and beside its numbers those that others have published for
 * the same sets by the same protocol.
 *
 * <p>A set is the published one if it has its name, as many pictures, and low resolution of the
 * published scale; a measure, if it has its channel and border.
 */
public final class Scoreboard {
  private final Table table;
  private final PublishedNumbers published = PublishedNumbers.all();
  private final Map<String, Map<String, List<Object>>> rows = new LinkedHashMap<>(); // set, method
  private final Set<String> methods = new LinkedHashSet<>();

  private Scoreboard(Table table) {
    this.table = table;
    for (List<Object> row : table.rows()) {
      String method = cell(row, Evaluation.METHOD);
      String set = cell(row, Evaluation.SET);
      for (int i = 2; rows.getOrDefault(set, Map.of()).containsKey(method); i++) {
        set = cell(row, Evaluation.SET) + " (" + i + ")"; // another of the same name
      }
      rows.computeIfAbsent(set, s -> new LinkedHashMap<>()).put(method, row);
      methods.add(method);
    }
  }

  /**
   * The page of a table.
   *
   * @param table as {@link Evaluation#table} or {@link JoinedTable#of} makes it
   */
  public static ScorePage page(Table table) {
    return new Scoreboard(table).page();
  }

  private ScorePage page() {
    List<Board> boards = new ArrayList<>();
    for (Column column : table.columns()) {
      if (column.better() != Better.NEITHER || Evaluation.isRate(column)) {
        boards.add(board(column));
      }
    }
    boards.removeIf(board -> board.measured().isEmpty());
    List<String> notes = new ArrayList<>(table.notes());
    table.rows().stream()
        .map(row -> cell(row, Evaluation.PROGRAM))
        .distinct()
        .forEach(program -> notes.add("Measured by " + program + "."));
    return new ScorePage(
        "Measured on " + String.join(", ", rows.keySet()), sets(), boards, apart(), notes);
  }

  private List<TestSet> sets() {
    List<TestSet> sets = new ArrayList<>();
    rows.forEach((name, lines) -> sets.add(new TestSet(name, detail(anyOf(lines)))));
    return sets;
  }

  private String detail(List<Object> row) {
    int pictures = pictures(row);
    return pictures == 1 ? "1 picture" : String.format(Locale.ROOT, "%d pictures", pictures);
  }

  private Board board(Column column) {
    List<Line> measured = new ArrayList<>();
    for (String method : methods) {
      List<Cell> cells = new ArrayList<>();
      rows.values().forEach(lines -> cells.add(measured(column, lines.get(method))));
      if (cells.stream().anyMatch(cell -> !cell.equals(Cell.NONE))) {
        measured.add(new Line(method, !method.equals(Evaluation.ORIGINAL), cells));
      }
    }
    return new Board(
        column.name(), column.detail(), column.better(), measured, published(n -> n.isOf(column)));
  }

  private Cell measured(Column column, List<Object> row) {
    return row == null
        ? Cell.NONE
        : Cell.of((Double) row.get(table.columns().indexOf(column)), column.decimals());
  }

  private List<Board.Published> published(Predicate<Published> wanted) {
    Map<String, Map<String, Cell[]>> bySource = new LinkedHashMap<>(); // then by method
    int index = 0;
    for (Map.Entry<String, Map<String, List<Object>>> set : rows.entrySet()) {
      for (Published number : published(set)) {
        if (wanted.test(number)) {
          bySource.computeIfAbsent(source(number), s -> new LinkedHashMap<>())
                  .computeIfAbsent(number.method(), m -> new Cell[rows.size()])[index] =
              new Cell(number.value().doubleValue(), number.value().toPlainString());
        }
      }
      index++;
    }
    List<Board.Published> sources = new ArrayList<>();
    bySource.forEach((source, lines) -> sources.add(new Board.Published(source, lines(lines))));
    return sources;
  }

  private static List<Line> lines(Map<String, Cell[]> methods) {
    List<Line> lines = new ArrayList<>();
    methods.forEach(
        (method, cells) ->
            lines.add(
                new Line(
                    method,
                    true,
                    Arrays.stream(cells).map(c -> c == null ? Cell.NONE : c).toList())));
    return lines;
  }

  /** A board for each measure and each reason why its numbers stand apart. */
  private List<Board> apart() {
    Map<List<String>, Board> boards = new LinkedHashMap<>();
    for (Map.Entry<String, Map<String, List<Object>>> set : rows.entrySet()) {
      for (Published number : published(set)) {
        if (number.protocol().isEmpty()) {
          boards.computeIfAbsent(
              List.of(number.measure(), number.apart()),
              both ->
                  new Board(
                      number.measure(),
                      "Not beside what was measured: " + number.apart(),
                      Better.NEITHER,
                      List.of(),
                      published(n -> both.equals(List.of(n.measure(), n.apart())))));
        }
      }
    }
    return List.copyOf(boards.values());
  }

  private static String source(Published number) {
    return number.verified() ? number.source() : number.source() + ", recalled and not verified";
  }

  /** What was published of a set, if it is the published one. */
  private List<Published> published(Map.Entry<String, Map<String, List<Object>>> set) {
    List<Object> row = anyOf(set.getValue());
    boolean same =
        published.knows(set.getKey(), pictures(row))
            && cell(row, Evaluation.LOW).startsWith(Evaluation.lowStart(PublishedNumbers.SCALE));
    return same ? published.of(set.getKey()) : List.of();
  }

  private static List<Object> anyOf(Map<String, List<Object>> lines) {
    return lines.values().iterator().next();
  }

  private int pictures(List<Object> row) {
    return Integer.parseInt(cell(row, Evaluation.PICTURES));
  }

  private String cell(List<Object> row, String column) {
    return table.cell(row, column).toString();
  }
}
