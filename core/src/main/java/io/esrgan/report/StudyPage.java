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
  private static final String STYLE = Html.resource("compare.css") + Html.resource("study.css");

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
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' file:; \
        style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        """);
    html.append("<title>%s</title>\n<style>\n%s</style>\n".formatted(escaped(name), STYLE));
    html.append("</head>\n<body>\n<main>\n<h1>%s</h1>\n".formatted(escaped(name)));
    html.append("<p>%s</p>\n".formatted(escaped(title)));
    html.append("<h2>Rows</h2>\n<div class=\"scroll\"><table>\n");
    html.append(
        "<tr><th>row</th><th>in short</th><th>differs in</th><th>runs</th><th></th></tr>\n");
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
        "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
            .formatted(
                escaped(row.name()),
                escaped(row.title()),
                String.join("<br>", row.changes().stream().map(Html::escaped).toList()),
                links(row.runs()),
                escaped(row.state())));
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
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"numbers\">\n");
    table
        .cells()
        .forEach(
            line -> {
              html.append("<tr>");
              line.forEach(cell -> html.append("<td>").append(escaped(cell)).append("</td>"));
              html.append("</tr>\n");
            });
    html.append("</table></div>\n");
    table
        .foot()
        .forEach(note -> html.append("<p class=\"small\">%s</p>\n".formatted(escaped(note))));
    return html.toString();
  }
}
