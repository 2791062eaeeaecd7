package io.esrgan.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown, its first column aligned to the left and all others to the right. */
final class MarkdownTable {
  private final int columns;
  private final List<String> lines = new ArrayList<>();

  MarkdownTable(String... header) {
    columns = header.length;
    lines.add(line(List.of(header)));
    lines.add(
        line(Stream.iterate("---", before -> "---:").limit(columns).collect(Collectors.toList())));
  }

  MarkdownTable row(String... cells) {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "a row of %d cells in a table of %d columns".formatted(cells.length, columns));
    }
    lines.add(line(List.of(cells)));
    return this;
  }

  private static String line(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |";
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
