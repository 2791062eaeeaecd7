package io.esrgan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown, its first column aligned to the left and all others to the right. */
final class MarkdownTable {
  private final List<List<String>> columns = new ArrayList<>(); // each begins with its header

  MarkdownTable(String... header) {
    for (String name : header) {
      columns.add(new ArrayList<>(List.of(name)));
    }
  }

  MarkdownTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, columns.size()));
    }
    for (int i = 0; i < cells.length; i++) {
      columns.get(i).add(cells[i]);
    }
    return this;
  }

  /** Adds a column behind the others, with a cell for each row. */
  MarkdownTable column(String name, List<String> cells) {
    if (cells.size() != columns.get(0).size() - 1) {
      throw new IllegalArgumentException(
          "a column of %d cells in a table of %d rows"
              .formatted(cells.size(), columns.get(0).size() - 1));
    }
    List<String> column = new ArrayList<>(List.of(name));
    column.addAll(cells);
    columns.add(column);
    return this;
  }

  private String line(int row) {
    return columns.stream()
        .map(column -> column.get(row))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  @Override
  public String toString() {
    String rule = "| ---" + " | ---:".repeat(columns.size() - 1) + " |";
    return line(0)
        + "\n"
        + rule
        + IntStream.range(1, columns.get(0).size())
            .mapToObj(row -> "\n" + line(row))
            .collect(Collectors.joining());
  }
}
