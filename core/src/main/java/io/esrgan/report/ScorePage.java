package io.esrgan.report;

import static io.esrgan.report.Html.escaped;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What methods reached on test sets, on one page of HTML that needs nothing else, not even a
 * script: for each measure a table with a line for each method and a column for each set, as table
 * 2 of Wang et al. 2018, with a bar beneath each number.
 *
 * @param title of the page
 * @param sets the columns of all boards
 * @param boards one for each measure
 * @param apart boards of published numbers that cannot stand beside those that were measured; their
 *     details say why
 * @param notes below them: what was measured, and of what
 */
public record ScorePage(
    String title, List<TestSet> sets, List<Board> boards, List<Board> apart, List<String> notes) {
  private static final String STYLE = Html.resource("scores.css");

  public ScorePage {
    sets = List.copyOf(sets);
    boards = List.copyOf(boards);
    apart = List.copyOf(apart);
    notes = List.copyOf(notes);
  }

  /** A set, and what its pictures are. */
  public record TestSet(String name, String detail) {}

  /** The page, in UTF-8. */
  public byte[] html() {
    StringBuilder html = new StringBuilder(Html.head(title, "'none'", STYLE, ""));
    html.append(String.format(Locale.ROOT, "<body>\n<main>\n<h1>%s</h1>\n", escaped(title)));
    html.append(
        "<p class=\"small\">The best that was measured is <b>bold</b>, the second best"
            + " <u>underlined</u>. A bar shows where its number lies between the two ends that"
            + " stand beneath the set's name.</p>\n");
    boards.forEach(board -> section(html, board));
    if (!apart.isEmpty()) {
      html.append("<details><summary>Published, but taken in another way</summary>\n");
      apart.forEach(board -> section(html, board));
      html.append("</details>\n");
    }
    notes.forEach(
        note ->
            html.append(String.format(Locale.ROOT, "<p class=\"small\">%s</p>\n", escaped(note))));
    return html.append("</main>\n</body>\n</html>\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private void section(StringBuilder html, Board board) {
    html.append(
        String.format(
            Locale.ROOT,
            """
            <section>
            <h2>%s</h2>
            <p class="small">%s</p>
            <div class="wide board" tabindex="0" role="region" aria-label="%s">
            <table>
            <thead><tr><th scope="col">method</th>%s</tr></thead>
            """,
            escaped(board.name()),
            escaped(board.detail()),
            escaped(board.name()),
            IntStream.range(0, sets.size())
                .mapToObj(set -> head(sets.get(set), board.ends(set)))
                .collect(Collectors.joining())));
    html.append("<tbody>\n");
    board.measured().forEach(line -> line(html, board, line));
    html.append("</tbody>\n");
    for (Board.Published published : board.published()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<tbody class=\"published\">\n"
                  + "<tr><th scope=\"rowgroup\" colspan=\"%d\" class=\"source\">Published:"
                  + " %s</th></tr>\n",
              sets.size() + 1,
              escaped(published.source())));
      published.lines().forEach(line -> line(html, board, line));
      html.append("</tbody>\n");
    }
    html.append("</table>\n</div>\n</section>\n");
  }

  private static String head(TestSet set, Axis ends) {
    return String.format(
        Locale.ROOT,
        "<th scope=\"col\">%s<small>%s</small><small>%s … %s</small></th>",
        escaped(set.name()),
        escaped(set.detail()),
        Axis.written(ends.low()),
        Axis.written(ends.high()));
  }

  private static void line(StringBuilder html, Board board, Board.Line line) {
    html.append(
        String.format(
            Locale.ROOT,
            "<tr%s><th scope=\"row\">%s</th>",
            line.ranked() ? "" : " class=\"unranked\"",
            escaped(line.method())));
    for (int set = 0; set < line.cells().size(); set++) {
      Board.Cell cell = line.cells().get(set);
      int rank = board.rank(line, set);
      html.append(
          rank == 1 ? "<td class=\"first\">" : rank == 2 ? "<td class=\"second\">" : "<td>");
      html.append(String.format(Locale.ROOT, "<span>%s</span>", escaped(cell.text())));
      html.append(
          rank == 1
              ? "<span class=\"said\"> best</span>"
              : rank == 2 ? "<span class=\"said\"> second best</span>" : "");
      if (cell.isThere()) {
        html.append(
            String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 100 5\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect"
                    + " class=\"rail\" width=\"100\" height=\"5\"/><rect class=\"bar\""
                    + " width=\"%.1f\" height=\"5\"/></svg>",
                100 * board.place(cell, set)));
      }
      html.append("</td>");
    }
    html.append("</tr>\n");
  }
}
