package io.esrgan.study;

import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tables of several evaluations in one, which only numbers that were measured alike can share. */
public final class JoinedTable {
  private static final String SET = Evaluation.SET;
  private static final String METHOD = Evaluation.METHOD;
  private static final List<String> KEYS =
      List.of(
          SET, METHOD, Evaluation.PICTURES, Evaluation.LOW, Evaluation.WEIGHTS, Evaluation.PROGRAM);

  /** Names of the columns that say what a row took. */
  static final Set<String> COSTS =
      Evaluation.COSTS.stream().map(Column::name).collect(Collectors.toUnmodifiableSet());

  /** A part of a stamp, or a row, and the table that it is from. */
  private record Found(Object value, String table) {}

  private final List<Column> columns;
  private final List<List<Object>> rows = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final Map<String, Found> stamps = new HashMap<>();
  private final Map<List<String>, Found> results = new HashMap<>(); // by set and method

  private JoinedTable(List<Column> columns) {
    this.columns = columns;
  }

  /**
   * The rows of all tables, one table's after another's; a result that is in several, such as
   * bicubic's, is taken once. What methods took is left out where it is of several machines.
   *
   * @param tables as {@link Evaluation#table} makes them, at least one, by the names that errors
   *     call them
   * @throws IllegalArgumentException if numbers were not measured alike, a method has two results
   *     on a set, or a table is none of an evaluation
   */
  public static Table of(Map<String, Table> tables) {
    String firstName = tables.keySet().iterator().next();
    Table first = tables.get(firstName);
    tables.forEach(
        (name, table) -> {
          if (!table.columns().stream().map(Column::name).toList().containsAll(KEYS)) {
            throw new IllegalArgumentException(
                "%s: is no table of esrgan eval on test sets; name what --json wrote"
                    .formatted(name));
          }
          requireAlike(firstName, first, name, table);
        });
    boolean oneMachine = tables.values().stream().map(JoinedTable::costs).distinct().count() == 1;
    Set<String> left = oneMachine ? Set.of() : COSTS;
    JoinedTable joined = new JoinedTable(first.without(left).columns());
    tables.forEach((name, table) -> joined.add(name, table.without(left)));
    if (!oneMachine) {
      joined.notes.add("times and memory are left out: they are not all of one machine");
    }
    return new Table(joined.columns, joined.rows, List.copyOf(joined.notes));
  }

  private static List<Column> costs(Table table) {
    return table.columns().stream().filter(column -> COSTS.contains(column.name())).toList();
  }

  private static List<String> stamps(Table table) {
    return table.without(COSTS).columns().stream().map(JoinedTable::stamp).toList();
  }

  private static void requireAlike(String firstName, Table first, String name, Table table) {
    List<String> expected = stamps(first);
    List<String> found = stamps(table);
    if (!found.equals(expected)) {
      throw mixed(firstName, left(expected, found), name, left(found, expected));
    }
  }

  private static String stamp(Column column) {
    return column.detail().isEmpty() ? column.name() : column.name() + ": " + column.detail();
  }

  private static String left(List<String> stamps, List<String> others) {
    List<String> rest = stamps.stream().filter(stamp -> !others.contains(stamp)).toList();
    return rest.isEmpty() ? "nothing else" : String.join("; ", rest);
  }

  private static IllegalArgumentException mixed(
      String firstName, String first, String secondName, String second) {
    return new IllegalArgumentException(
        "%s and %s were not measured alike, and cannot stand in one table: %s, but %s; measure again, in one way"
            .formatted(firstName, secondName, first, second));
  }

  private void add(String name, Table table) {
    for (List<Object> row : table.rows()) {
      String set = table.cell(row, SET).toString();
      String method = table.cell(row, METHOD).toString();
      requireSame("low resolution of " + set, table.cell(row, Evaluation.LOW).toString(), name);
      requireSame("numbers of", table.cell(row, Evaluation.PROGRAM).toString(), name);
      List<Object> result = untimed(row);
      Found other = results.putIfAbsent(List.of(set, method), new Found(result, name));
      if (other == null) {
        rows.add(row);
      } else if (!other.value().equals(result)) {
        throw new IllegalArgumentException(
            "%s and %s have different results of %s on %s; leave one of them out"
                .formatted(other.table(), name, method, set));
      }
    }
    notes.addAll(table.notes());
  }

  private void requireSame(String what, String value, String name) {
    Found other = stamps.putIfAbsent(what, new Found(value, name));
    if (other != null && !other.value().equals(value)) {
      throw mixed(other.table(), what + " " + other.value(), name, what + " " + value);
    }
  }

  /** The row without what it took, which is another on every run. */
  private List<Object> untimed(List<Object> row) {
    return IntStream.range(0, row.size())
        .filter(i -> !COSTS.contains(columns.get(i).name()))
        .<Object>mapToObj(row::get)
        .toList();
  }
}
