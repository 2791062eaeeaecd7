package io.esrgan.report;

import static io.esrgan.report.Html.escaped;

import io.esrgan.report.Curve.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A panel as a figure of HTML: a legend and the curves as SVG, on a linear and where it helps on a
 * logarithmic axis, between which a box chooses without a script.
 *
 * <p>A curve of many points is drawn pale, from its lowest to its highest, with its mean over it.
 * Attributes tell the page's script how to read values off the curves.
 */
final class Chart {
  private static final int COLOURS = 6; // of the style sheet, taken in turn
  private static final int WIDTH = 400;
  private static final int HEIGHT = 240;
  private static final int LEFT = 58;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 36;
  private static final int DENSE = 200; // points from which a curve is drawn as band and mean
  private static final int MEANS = 128;
  private static final int DOTTED = 40; // points up to which each is marked
  private static final double WORTH_DECADES = 5; // highest over lowest

  private final Panel panel;
  private final String id;
  private final long steps;
  private final List<Long> marks;
  private final double low;
  private final double high;

  private Chart(Panel panel, String id, long steps, List<Long> marks) {
    this.panel = panel;
    this.id = id;
    this.steps = Math.max(1, steps);
    this.marks = marks;
    List<Curve> drawn = panel.curves().values().stream().filter(c -> !c.isEmpty()).toList();
    this.low = drawn.stream().mapToDouble(c -> c.lowest().value()).min().orElseThrow();
    this.high = drawn.stream().mapToDouble(c -> c.highest().value()).max().orElseThrow();
  }

  /**
   * Draws a panel.
   *
   * @param id its own on the page
   * @param steps how far the horizontal axis goes
   * @param marks steps at which something happened
   */
  static String html(Panel panel, String id, long steps, List<Long> marks) {
    return new Chart(panel, id, steps, marks).html();
  }

  private String html() {
    boolean choice = low > 0 && high / low >= WORTH_DECADES;
    StringBuilder html = new StringBuilder("<figure class=\"chart\">\n");
    html.append("<figcaption>").append(escaped(panel.title())).append("</figcaption>\n");
    if (choice) {
      html.append(
          String.format(
              Locale.ROOT,
              "<input type=\"checkbox\" id=\"%s\"%s>",
              id,
              panel.logarithmic() ? " checked" : ""));
      html.append(String.format(Locale.ROOT, "<label for=\"%s\">log</label>\n", id));
    }
    legend(html);
    svg(html, Axis.around(low, high), choice ? "linear" : "only");
    if (choice) {
      svg(html, Axis.decades(low, high), "log");
    }
    return html.append("</figure>\n").toString();
  }

  private void legend(StringBuilder html) {
    html.append("<div class=\"legend\">");
    int colour = 0;
    for (Map.Entry<String, Curve> entry : panel.curves().entrySet()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<span class=\"c%d\"><i></i>%s <b>%s</b></span>",
              colour++ % COLOURS,
              escaped(entry.getKey()),
              Axis.written(entry.getValue().last().value())));
    }
    html.append("</div>\n");
  }

  private void svg(StringBuilder html, Axis values, String kind) {
    Axis along = new Axis(0, (double) steps, false);
    html.append(
        String.format(
            Locale.ROOT,
            "<svg class=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\"",
            kind,
            WIDTH,
            HEIGHT,
            escaped(panel.title())));
    html.append(
        String.format(
            Locale.ROOT,
            " data-box=\"%d %d %d %d\" data-steps=\"%d\" data-low=\"%s\" data-high=\"%s\">\n",
            LEFT,
            TOP,
            WIDTH - RIGHT,
            HEIGHT - BOTTOM,
            steps,
            values.low(),
            values.high()));
    for (double tick : values.ticks(5)) {
      String y = number(y(values, tick));
      html.append(
          String.format(
              Locale.ROOT,
              "<path class=\"grid\" d=\"M%d %sH%d\"/><text x=\"%d\" y=\"%s\""
                  + " class=\"y\">%s</text>\n",
              LEFT,
              y,
              WIDTH - RIGHT,
              LEFT - 6,
              y,
              values.label(tick)));
    }
    for (double tick : along.ticks(5)) {
      if (tick != Math.rint(tick)) {
        continue; // there is no half step
      }
      String x = number(x(along, Math.round(tick)));
      html.append(
          String.format(
              Locale.ROOT,
              "<path class=\"grid\" d=\"M%s %dV%d\"/><text x=\"%s\" y=\"%d\""
                  + " class=\"x\">%s</text>\n",
              x,
              TOP,
              HEIGHT - BOTTOM,
              x,
              HEIGHT - BOTTOM + 14,
              Axis.step(tick)));
    }
    html.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" class=\"x name\">step</text>",
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 6));
    html.append(
        String.format(
            Locale.ROOT,
            "<text transform=\"translate(12 %d) rotate(-90)\" class=\"x name\">%s</text>\n",
            (TOP + HEIGHT - BOTTOM) / 2,
            escaped(panel.unit())));
    for (long mark : marks) {
      html.append(
          String.format(
              Locale.ROOT,
              "<path class=\"mark\" d=\"M%s %dV%d\"/>\n",
              number(x(along, Math.min(mark, steps))),
              TOP,
              HEIGHT - BOTTOM));
    }
    int colour = 0;
    for (Map.Entry<String, Curve> entry : panel.curves().entrySet()) {
      if (!entry.getValue().isEmpty()) {
        curve(html, entry.getKey(), entry.getValue(), colour % COLOURS, along, values);
      }
      colour++;
    }
    html.append("<g class=\"hover\"></g></svg>\n");
  }

  private void curve(
      StringBuilder html, String kind, Curve curve, int colour, Axis along, Axis values) {
    List<Point> points = curve.points();
    boolean dense = points.size() > DENSE;
    if (dense) {
      html.append(
          String.format(
              Locale.ROOT,
              "<polyline class=\"c%d pale\" points=\"%s\"/>\n",
              colour,
              coordinates(points, along, values)));
    }
    if (points.size() <= DOTTED) {
      for (Point point : points) {
        html.append(
            String.format(
                Locale.ROOT,
                "<circle class=\"c%d\" cx=\"%s\" cy=\"%s\" r=\"2.5\"/>",
                colour,
                number(x(along, point.step())),
                number(y(values, point.value()))));
      }
    }
    List<Point> line = dense ? curve.means(MEANS) : points;
    html.append(
        String.format(
            Locale.ROOT,
            "<polyline class=\"c%d line\" data-kind=\"%s\" data-unit=\"%d\" points=\"%s\"/>\n",
            colour,
            escaped(dense ? "mean of " + kind : kind),
            dense ? 1 : Math.max(1, curve.unit()),
            coordinates(line, along, values)));
  }

  private static String coordinates(List<Point> points, Axis along, Axis values) {
    StringBuilder text = new StringBuilder();
    for (Point point : points) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(number(x(along, point.step())))
          .append(',')
          .append(number(y(values, point.value())));
    }
    return text.toString();
  }

  private static double x(Axis along, long step) {
    return LEFT + along.place((double) step) * (WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis values, double value) {
    return HEIGHT - BOTTOM - values.place(value) * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double coordinate) {
    String text = String.format(Locale.ROOT, "%.2f", coordinate);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }
}
