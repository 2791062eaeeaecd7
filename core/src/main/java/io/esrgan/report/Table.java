package io.esrgan.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.esrgan.report.Column.Better;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Results in rows and columns: as text and Markdown for people, CSV for spreadsheets and JSON for
 * programs. What numbers mean stands beside them in all four.
 *
 * @param rows of as many cells as there are columns: a {@link Double} or an {@link Integer} in a
 *     column of numbers, a {@link String} in one of words; not-a-number where there is none to tell
 * @param notes lines that are printed below
 */
public record Table(List<Column> columns, List<List<Object>> rows, List<String> notes) {
  private static final String GAP = "  ";

  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    if (columns.stream().map(Column::name).distinct().count() < columns.size()) {
      throw new IllegalArgumentException("two columns have one name: " + columns);
    }
    for (List<Object> row : rows) {
      check(row, columns);
    }
  }

  private static void check(List<Object> row, List<Column> columns) {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "a row has %d cells, the table %d columns: %s"
              .formatted(row.size(), columns.size(), row));
    }
    for (int i = 0; i < row.size(); i++) {
      boolean number = row.get(i) instanceof Double || row.get(i) instanceof Integer;
      boolean text = row.get(i) instanceof String;
      if (columns.get(i).decimals() == Column.TEXT ? !text : !number) {
        throw new IllegalArgumentException(
            "'%s' is no cell for column %s".formatted(row.get(i), columns.get(i).name()));
      }
    }
  }

  /**
   * A cell of one of the rows.
   *
   * @param column its name
   * @throws NoSuchElementException if there is no such column
   */
  public Object cell(List<Object> row, String column) {
    int index = columns.stream().map(Column::name).toList().indexOf(column);
    if (index < 0) {
      throw new NoSuchElementException("a table has no column " + column);
    }
    return row.get(index);
  }

  /** This with more notes below those that it has. */
  public Table withNotes(List<String> more) {
    return new Table(columns, rows, Stream.concat(notes.stream(), more.stream()).toList());
  }

  /** This without columns of these names. */
  public Table without(Set<String> names) {
    List<Integer> kept =
        IntStream.range(0, columns.size())
            .filter(i -> !names.contains(columns.get(i).name()))
            .boxed()
            .toList();
    return new Table(
        kept.stream().map(columns::get).toList(),
        rows.stream().map(row -> kept.stream().<Object>map(row::get).toList()).toList(),
        notes);
  }

  /**
   * Aligned columns, those for programs left out, then what they mean, then the notes. Ends with a
   * line feed.
   */
  public String text() {
    List<List<String>> lines = cells();
    List<Boolean> left = shown().map(column -> column.decimals() == Column.TEXT).toList();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      text.append(aligned(line, lines, left)).append('\n');
    }
    List<String> below = foot();
    if (!below.isEmpty()) {
      text.append('\n');
      below.forEach(line -> text.append(line).append('\n'));
    }
    return text.toString();
  }

  /**
   * The text form as a table of Markdown (GitHub's), what stands below it as a list. Ends with a
   * line feed.
   */
  public String markdown() {
    List<List<String>> lines = cells();
    StringBuilder text = new StringBuilder(markdownLine(lines.get(0)));
    text.append(
        shown()
            .map(column -> column.decimals() == Column.TEXT ? "---" : "---:")
            .collect(Collectors.joining(" | ", "| ", " |\n")));
    lines.stream().skip(1).map(Table::markdownLine).forEach(text::append);
    List<String> below = foot();
    if (!below.isEmpty()) {
      text.append('\n');
      below.forEach(line -> text.append("- ").append(line).append('\n'));
    }
    return text.toString();
  }

  private static String markdownLine(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private Stream<Column> shown() {
    return columns.stream().filter(Column::inText);
  }

  /** What people read, as text: the names of the columns, then the rows. */
  List<List<String>> cells() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(shown().map(Column::name).toList());
    for (List<Object> row : rows) {
      lines.add(
          IntStream.range(0, columns.size())
              .filter(i -> columns.get(i).inText())
              .mapToObj(i -> printed(row.get(i), columns.get(i).decimals()))
              .toList());
    }
    return lines;
  }

  /** What columns mean, then the notes. */
  List<String> foot() {
    return Stream.concat(legend().stream(), notes.stream()).toList();
  }

  private static String aligned(List<String> line, List<List<String>> lines, List<Boolean> left) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int width = lines.stream().mapToInt(l -> l.get(column).length()).max().orElse(0);
      String padding = " ".repeat(width - line.get(i).length());
      text.append(i == 0 ? "" : GAP);
      text.append(left.get(i) ? line.get(i) + padding : padding + line.get(i));
    }
    return text.toString().stripTrailing();
  }

  /** The columns' details, those of the same meaning on one line. */
  private List<String> legend() {
    return columns.stream()
        .map(Column::detail)
        .filter(detail -> !detail.isEmpty())
        .distinct()
        .map(
            detail ->
                columns.stream()
                        .filter(c -> c.detail().equals(detail))
                        .map(Column::name)
                        .collect(Collectors.joining(", "))
                    + ": "
                    + detail)
        .toList();
  }

  private static String printed(Object cell, int decimals) {
    return cell instanceof Double number ? written(number, decimals) : cell.toString();
  }

  /** A number as people read it: {@code inf}, and {@code -} where there is none. */
  static String written(double number, int decimals) {
    return Double.isNaN(number)
        ? "-"
        : Double.isInfinite(number)
            ? (number > 0 ? "inf" : "-inf")
            : String.format(Locale.ROOT, "%." + decimals + "f", number);
  }

  /**
   * RFC 4180: a header of names with their details in brackets, then the rows, numbers unrounded.
   * The notes are left out.
   */
  public String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append(
        csvLine(
            columns.stream()
                .map(c -> c.detail().isEmpty() ? c.name() : c.name() + " [" + c.detail() + "]")
                .toList()));
    for (List<Object> row : rows) {
      csv.append(csvLine(row.stream().map(Table::unrounded).toList()));
    }
    return csv.toString();
  }

  private static String unrounded(Object cell) {
    return cell instanceof Double number && !Double.isFinite(number)
        ? number.isNaN() ? "" : printed(cell, 0)
        : cell.toString();
  }

  private static String csvLine(List<String> cells) {
    return cells.stream().map(Table::quoted).collect(Collectors.joining(",")) + "\r\n";
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }

  /**
   * An object with {@code columns} (name, detail, and decimals where it is of numbers; {@code
   * better} where it says which are; {@code inText} where it is not in the text form), {@code rows}
   * (objects by column name, numbers unrounded, infinity as the string {@code "inf"}, null where
   * there is none) and {@code notes}.
   */
  public String json() {
    ObjectNode root = new ObjectMapper().createObjectNode();
    ArrayNode heads = root.putArray("columns");
    for (Column column : columns) {
      ObjectNode head = heads.addObject().put("name", column.name()).put("detail", column.detail());
      if (column.decimals() != Column.TEXT) {
        head.put("decimals", column.decimals());
      }
      if (column.better() != Better.NEITHER) {
        head.put("better", column.better().name().toLowerCase(Locale.ROOT));
      }
      if (!column.inText()) {
        head.put("inText", false);
      }
    }
    ArrayNode lines = root.putArray("rows");
    for (List<Object> row : rows) {
      ObjectNode line = lines.addObject();
      for (int i = 0; i < row.size(); i++) {
        put(line, columns.get(i).name(), row.get(i));
      }
    }
    ArrayNode below = root.putArray("notes");
    notes.forEach(below::add);
    return root.toPrettyString() + "\n";
  }

  private static void put(ObjectNode line, String name, Object cell) {
    if (cell instanceof Integer whole) {
      line.put(name, whole);
    } else if (cell instanceof Double number && !number.isInfinite()) {
      line.put(name, number.isNaN() ? null : number);
    } else {
      line.put(name, printed(cell, 0));
    }
  }

  /**
   * The table that {@link #json} wrote.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static Table ofJson(String json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON", e);
    }
    if (!root.path("columns").isArray() || !root.path("rows").isArray()) {
      throw new IllegalArgumentException("is no table: it has no columns or no rows");
    }
    List<Column> columns = new ArrayList<>();
    for (JsonNode head : root.get("columns")) {
      columns.add(
          new Column(
              head.path("name").asText(),
              head.path("detail").asText(),
              head.path("decimals").asInt(Column.TEXT),
              better(head.path("better").asText()),
              head.path("inText").asBoolean(true)));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode line : root.get("rows")) {
      rows.add(columns.stream().map(column -> cell(line.path(column.name()), column)).toList());
    }
    List<String> notes = new ArrayList<>();
    root.path("notes").forEach(note -> notes.add(note.asText()));
    return new Table(columns, rows, notes);
  }

  private static Better better(String word) {
    return Stream.of(Better.values())
        .filter(better -> better.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElse(Better.NEITHER);
  }

  private static Object cell(JsonNode value, Column column) {
    if (column.decimals() == Column.TEXT) {
      return value.asText();
    }
    return switch (value.asText()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> value.isInt() ? (Object) value.asInt() : (Object) value.asDouble(Double.NaN);
    };
  }
}
