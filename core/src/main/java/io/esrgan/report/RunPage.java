package io.esrgan.report;

import static io.esrgan.report.Html.escaped;

import io.esrgan.report.NoteLog.Note;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A training run as one page of HTML that needs nothing else: curves, pictures, what happened, the
 * recipe. A browser that looks at it loads it again while the run goes on. The same run makes the
 * same page, byte for byte.
 *
 * @param name of the recipe
 * @param step the last that was told
 * @param steps of the whole run
 * @param left time to the last step, while it can be told
 * @param written when the page was
 * @param curves by the kind of number
 * @param samples of which pictures are shown
 * @param sampleCount how many samples the run has
 * @param recipe as YAML
 */
record RunPage(
    String name,
    State state,
    long step,
    long steps,
    Optional<Duration> left,
    Instant written,
    SortedMap<String, Curve> curves,
    List<Note> notes,
    List<SampleRow> samples,
    int sampleCount,
    String recipe) {
  private static final int REFRESH = 10; // seconds
  private static final int MOST_NOTES = 50;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String STYLE = Html.resource("run.css");
  private static final String SCRIPT = Html.resource("run.js");

  /** How a run stands. */
  enum State {
    RUNNING,
    FINISHED,
    STOPPED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The page, in UTF-8. */
  byte[] html() {
    StringBuilder html = new StringBuilder();
    head(html);
    header(html);
    notes(html);
    charts(html);
    samples(html);
    values(html);
    html.append("<section id=\"recipe\"><details><summary>Recipe</summary><pre>")
        .append(escaped(recipe))
        .append("</pre></details></section>\n</main>\n<script>\n")
        .append(SCRIPT)
        .append("</script>\n</body>\n</html>\n");
    return html.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void head(StringBuilder html) {
    String refresh =
        state == State.RUNNING
            ? String.format(Locale.ROOT, "<meta http-equiv=\"refresh\" content=\"%d\">\n", REFRESH)
            : "";
    String title = String.format(Locale.ROOT, "%s, %s: %s", name, percent(), state.word());
    html.append(Html.head(title, "data:", STYLE, refresh));
  }

  private String percent() {
    return String.format(Locale.ROOT, "%.1f%%", share());
  }

  private double share() {
    return steps <= 0 ? 0 : Math.min(100, 100.0 * step / steps);
  }

  private void header(StringBuilder html) {
    html.append(
        String.format(
            Locale.ROOT,
            "<body data-state=\"%s\" data-written=\"%d\">\n<main>\n<header>\n",
            state.word(),
            written.toEpochMilli()));
    html.append(
        String.format(
            Locale.ROOT,
            "<h1>%s <span class=\"state %s\">%s</span></h1>\n",
            escaped(name),
            state.word(),
            state.word()));
    html.append(
        String.format(
            Locale.ROOT,
            "<div class=\"bar\" role=\"progressbar\" aria-valuenow=\"%.0f\"><div"
                + " style=\"width:%.2f%%\"></div></div>\n",
            share(),
            share()));
    html.append(
        String.format(
            Locale.ROOT,
            "<p><b>Step %,d</b> of %,d (%s)%s · written <time datetime=\"%s\">%s</time><span"
                + " id=\"stale\"></span></p>\n",
            step,
            steps,
            percent(),
            left.map(time -> " · about " + words(time) + " left").orElse(""),
            written,
            UTC.format(written)));
    html.append("<nav>");
    if (!curves.isEmpty()) {
      html.append("<a href=\"#curves\">Curves</a> ");
    }
    if (!samples.isEmpty()) {
      html.append("<a href=\"#samples\">Pictures</a> ");
    }
    if (!curves.isEmpty()) {
      html.append("<a href=\"#values\">Numbers</a> ");
    }
    html.append("<a href=\"#recipe\">Recipe</a></nav>\n</header>\n");
  }

  /** The two largest units. */
  private static String words(Duration time) {
    if (time.toDays() > 0) {
      return String.format(Locale.ROOT, "%d d %d h", time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %d min", time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? String.format(Locale.ROOT, "%d min %d s", time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }

  private void notes(StringBuilder html) {
    if (notes.isEmpty()) {
      return;
    }
    html.append("<section id=\"notes\"><h2>What happened</h2>\n<ul>\n");
    List<Note> newest =
        new ArrayList<>(notes.subList(Math.max(0, notes.size() - MOST_NOTES), notes.size()));
    Collections.reverse(newest);
    for (Note note : newest) {
      html.append(
          String.format(
              Locale.ROOT,
              "<li><b>Step %,d</b> %s <time datetime=\"%s\">%s</time></li>\n",
              note.step(),
              escaped(note.text()),
              note.time(),
              UTC.format(note.time().truncatedTo(ChronoUnit.SECONDS))));
    }
    html.append("</ul>\n");
    if (notes.size() > MOST_NOTES) {
      html.append(
          String.format(
              Locale.ROOT,
              "<p class=\"small\">%d older ones are in notes.csv.</p>\n",
              notes.size() - MOST_NOTES));
    }
    html.append("</section>\n");
  }

  private void charts(StringBuilder html) {
    List<Panel> panels = Panel.of(curves);
    if (panels.isEmpty()) {
      html.append("<p>Nothing was measured yet.</p>\n");
      return;
    }
    html.append("<section id=\"curves\"><h2>Curves</h2>\n<div class=\"charts\">\n");
    List<Long> marks =
        notes.stream().map(Note::step).distinct().sorted().limit(MOST_NOTES).toList();
    for (int i = 0; i < panels.size(); i++) {
      html.append(Chart.html(panels.get(i), "log" + i, step, marks));
    }
    html.append("</div>\n</section>\n");
  }

  private void values(StringBuilder html) {
    if (curves.isEmpty()) {
      return;
    }
    html.append(
        """
        <section id="values"><h2>Numbers</h2>
        <div class="wide" tabindex="0"><table>
        <tr><th></th><th>now</th><th>at step</th><th>lowest</th><th>at step</th><th>highest</th><th>at step</th></tr>
        """);
    for (Map.Entry<String, Curve> entry : curves.entrySet()) {
      Curve curve = entry.getValue();
      html.append("<tr><th>").append(escaped(entry.getKey())).append("</th>");
      cells(html, Optional.of(curve.last()));
      cells(html, curve.isEmpty() ? Optional.empty() : Optional.of(curve.lowest()));
      cells(html, curve.isEmpty() ? Optional.empty() : Optional.of(curve.highest()));
      html.append("</tr>\n");
    }
    html.append("</table></div>\n</section>\n");
  }

  private static void cells(StringBuilder html, Optional<Curve.Point> point) {
    html.append(
        point
            .map(
                p ->
                    String.format(
                        Locale.ROOT,
                        "<td>%s</td><td class=\"small\">%,d</td>",
                        Axis.written(p.value()),
                        p.step()))
            .orElse("<td></td><td></td>"));
  }

  private void samples(StringBuilder html) {
    if (samples.isEmpty()) {
      return;
    }
    html.append("<section id=\"samples\"><h2>Pictures</h2>\n");
    samples.forEach(sample -> sample(html, sample));
    if (sampleCount > samples.size()) {
      html.append(
          String.format(
              Locale.ROOT,
              "<p class=\"small\">%d more are in the folder samples.</p>\n",
              sampleCount - samples.size()));
    }
    html.append("</section>\n");
  }

  private static void sample(StringBuilder html, SampleRow sample) {
    html.append(
        String.format(
            Locale.ROOT,
            "<article>\n<h3>%s <a href=\"samples/%s\">whole</a></h3>\n",
            escaped(sample.name()),
            escaped(sample.address())));
    html.append("<div class=\"row\">\n");
    picture(html, sample.low(), sample.scale(), "small, enlarged", "low");
    picture(
        html, sample.made(), 1, String.format(Locale.ROOT, "made at step %,d", sample.step()), "");
    picture(html, sample.original(), 1, "original", "");
    html.append("</div>\n");
    if (sample.stages().size() > 1) {
      html.append("<div class=\"row stages\">\n");
      for (SampleRow.Stage stage : sample.stages()) {
        picture(html, stage.picture(), 1, Axis.step((double) stage.step()), "");
      }
      html.append("</div>\n");
    }
    html.append("</article>\n");
  }

  private static void picture(
      StringBuilder html, Embedded picture, int scale, String caption, String kind) {
    html.append(
        String.format(
            Locale.ROOT,
            "<figure><img class=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\""
                + " src=\"%s\"><figcaption>%s</figcaption></figure>\n",
            kind,
            picture.width() * scale,
            picture.height() * scale,
            escaped(caption),
            picture.uri(),
            escaped(caption)));
  }
}
