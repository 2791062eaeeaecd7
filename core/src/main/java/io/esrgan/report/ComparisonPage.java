package io.esrgan.report;

import static io.esrgan.report.Html.escaped;

import io.esrgan.image.Region;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Pictures as several methods made them, on one page of HTML: of each picture a row of windows, all
 * on the same part of it, which are moved and enlarged together. The pictures lie beside the page
 * and are loaded when they come into view, so that the page of many pictures stays small.
 *
 * @param title of the page
 * @param pictures in their order
 * @param notes below them: how numbers were taken
 */
public record ComparisonPage(String title, List<Comparison> pictures, List<String> notes) {
  private static final String STYLE = Html.resource("compare.css");
  private static final String SCRIPT = Html.resource("compare.js");

  public ComparisonPage {
    pictures = List.copyOf(pictures);
    notes = List.copyOf(notes);
  }

  /**
   * One picture, by each method.
   *
   * @param name of the picture
   * @param width of the original and of all that was made, in pixels
   * @param height likewise
   * @param mark the part that is looked at first
   * @param windows the original among them
   */
  public record Comparison(String name, int width, int height, Region mark, List<Window> windows) {
    public Comparison {
      windows = List.copyOf(windows);
    }
  }

  /**
   * What one method made.
   *
   * @param file the picture's, relative to the page, with slashes
   * @param caption the lines below its name
   */
  public record Window(String name, String file, List<String> caption) {
    public Window {
      caption = List.copyOf(caption);
    }
  }

  /** The page, in UTF-8. */
  public byte[] html() {
    StringBuilder html = new StringBuilder();
    html.append(Html.head(title, "'self' file:", STYLE, ""));
    html.append(String.format(Locale.ROOT, "<body>\n<main>\n<h1>%s</h1>\n", escaped(title)));
    html.append(
        "<p class=\"small\">Drag or use the arrow keys to move, Ctrl and the wheel (or + and −) to"
            + " enlarge, double click (or 0) to return; all windows of a picture follow.</p>\n");
    pictures.forEach(picture -> section(html, picture));
    notes.forEach(
        note ->
            html.append(String.format(Locale.ROOT, "<p class=\"small\">%s</p>\n", escaped(note))));
    html.append(
        String.format(Locale.ROOT, "</main>\n<script>\n%s</script>\n</body>\n</html>\n", SCRIPT));
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void section(StringBuilder html, Comparison picture) {
    Region mark = picture.mark();
    html.append(
        String.format(
            Locale.ROOT,
            "<section data-width=\"%d\" data-height=\"%d\" data-mark=\"%d,%d,%d,%d\">\n",
            picture.width(),
            picture.height(),
            mark.x(),
            mark.y(),
            mark.width(),
            mark.height()));
    html.append(
        String.format(
            Locale.ROOT,
            "<h2>%s <button type=\"button\" data-zoom=\"2\" aria-label=\"larger\">+</button><button"
                + " type=\"button\" data-zoom=\"0.5\" aria-label=\"smaller\">−</button><span"
                + " class=\"zoom\"></span></h2>\n"
                + "<div class=\"windows\">\n",
            escaped(picture.name())));
    for (Window window : picture.windows()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<figure><div class=\"window\" tabindex=\"0\"><img loading=\"lazy\""
                  + " draggable=\"false\" width=\"%d\" height=\"%d\" alt=\"%s\""
                  + " src=\"%s\"></div><figcaption><b>%s</b>%s</figcaption></figure>\n",
              picture.width(),
              picture.height(),
              escaped(window.name()),
              escaped(Html.address(window.file())),
              escaped(window.name()),
              lines(window.caption())));
    }
    html.append("</div>\n</section>\n");
  }

  private static String lines(List<String> caption) {
    StringBuilder lines = new StringBuilder();
    caption.forEach(line -> lines.append("<br>").append(escaped(line)));
    return lines.toString();
  }
}
