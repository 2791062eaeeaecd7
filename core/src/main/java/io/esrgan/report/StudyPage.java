package io.esrgan.report;

import static io.esrgan.report.Html.escaped;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A study as one page of HTML: what its rows differ in, their numbers, and the figures that lie
 * beside it.
 *
 * @param name of the study
 * @param title what it asks
 * @param rows in their order, those that are not done yet among them
 * @param table the numbers
 * @param figures names of pictures beside the page
 * @param pages names of other pages beside it, with what stands there
 */
public record StudyPage(
    String name,
    String title,
    List<Row> rows,
    Table table,
    List<String> figures,
    List<Link> pages) {
  private static final String STYLE = Html.resource("study.css");

  public StudyPage {
    rows = List.copyOf(rows);
    figures = List.copyOf(figures);
    pages = List.copyOf(pages);
  }

  /**
   * A row of the study.
   *
   * @param changes in what it differs, a line each
   * @param runs pages of its training runs
   * @param state such as {@code done}
   */
  public record Row(
      String name, String title, List<String> changes, List<Link> runs, String state) {
    public Row {
      changes = List.copyOf(changes);
      runs = List.copyOf(runs);
    }
  }

  /** Words that lead to a file, relative to the page, with slashes. */
  public record Link(String text, String file) {}

  /** The page, in UTF-8. */
  public byte[] html() {
    StringBuilder html = new StringBuilder();
    html.append(Html.head(name, "'self' file:", STYLE, ""));
    html.append("<body>\n<main>\n<h1>%s</h1>\n".formatted(escaped(name)));
    html.append("<p>%s</p>\n".formatted(escaped(title)));
    html.append("<h2>Rows</h2>\n<div class=\"wide\"><table>\n");
    line(html, "th scope=\"col\"", List.of("row", "in short", "differs in", "runs", "state"));
    rows.forEach(row -> row(html, row));
    html.append("</table></div>\n<h2>Numbers</h2>\n");
    html.append(tableHtml());
    for (String figure : figures) {
      html.append(
          "<p><img class=\"figure\" alt=\"%s\" src=\"%s\"></p>\n"
              .formatted(escaped(figure), escaped(Html.address(figure))));
    }
    html.append("<p>%s</p>\n</main>\n</body>\n</html>\n".formatted(links(pages)));
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void row(StringBuilder html, Row row) {
    html.append(
        "<tr><th scope=\"row\">%s</th><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
            .formatted(
                escaped(row.name()),
                escaped(row.title()),
                String.join("<br>", row.changes().stream().map(Html::escaped).toList()),
                links(row.runs()),
                escaped(row.state())));
  }

  /** A line of cells that hold text. */
  private static void line(StringBuilder html, String cell, List<String> texts) {
    String end = cell.substring(0, 2);
    html.append("<tr>");
    texts.forEach(text -> html.append("<%s>%s</%s>".formatted(cell, escaped(text), end)));
    html.append("</tr>\n");
  }

  private static String links(List<Link> links) {
    return String.join(
        ", ",
        links.stream()
            .map(
                link ->
                    "<a href=\"%s\">%s</a>"
                        .formatted(escaped(Html.address(link.file())), escaped(link.text())))
            .toList());
  }

  private String tableHtml() {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table class=\"numbers\">\n");
    List<List<String>> lines = table.cells();
    line(html, "th scope=\"col\"", lines.get(0));
    lines.stream().skip(1).forEach(cells -> line(html, "td", cells));
    html.append("</table></div>\n");
    table
        .foot()
        .forEach(note -> html.append("<p class=\"small\">%s</p>\n".formatted(escaped(note))));
    return html.toString();
  }
}
