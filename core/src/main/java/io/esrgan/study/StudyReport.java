package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.file.WholeFile;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.report.ComparisonPage;
import io.esrgan.report.HistogramFigure;
import io.esrgan.report.PictureGrid;
import io.esrgan.report.StudyPage;
import io.esrgan.report.StudyPage.Link;
import io.esrgan.report.Table;
import io.esrgan.study.StudyPlan.Planned;
import io.esrgan.train.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a study shows of the rows that are done: its tables, figures and pages. */
final class StudyReport {
  private static final String ORIGINAL = "HR"; // as the paper calls it
  private static final String FIGURE = "figure.png";
  private static final String BRIGHTNESS = "brightness.png";
  private static final String PICTURES = "pictures.html";

  private final Study study;
  private final Path folder;
  private final StudyPlan plan;
  private final StudyPictures pictures;
  private final PictureGrid grid = new PictureGrid();
  private final HistogramFigure histogram = new HistogramFigure();

  StudyReport(Study study, Path folder, StudyPlan plan, List<Dataset> sets) throws IOException {
    this.study = study;
    this.folder = folder;
    this.plan = plan;
    this.pictures = new StudyPictures(folder, study.measuring(), sets);
  }

  boolean hasPictures(Planned row) {
    return pictures.areThere(row);
  }

  void keepPictures(Planned row, Method method) throws IOException {
    pictures.keep(row, method);
  }

  /** The rows' numbers in one table. */
  Table table(Map<String, Table> tables) {
    return JoinedTable.of(tables)
        .withNotes(List.of("models computed in float32", "study %s".formatted(study.name())));
  }

  /**
   * Writes all of it.
   *
   * @param tables of the rows that are done, by their names, and of bicubic
   */
  void write(Map<String, Table> tables) throws IOException {
    List<Planned> done =
        plan.rows().stream().filter(row -> tables.containsKey(row.row().name())).toList();
    Table table = table(tables);
    WholeFile.replace(folder.resolve("table.md"), table.markdown());
    WholeFile.replace(folder.resolve("table.csv"), table.csv());
    WholeFile.replace(folder.resolve("table.json"), table.json());
    Images.write(figure(done), folder.resolve(FIGURE), true);
    Images.write(brightness(done), folder.resolve(BRIGHTNESS), true);
    WholeFile.replace(folder.resolve(PICTURES), comparison(done));
    WholeFile.replace(folder.resolve(Comparison.PAGE), page(done, table));
  }

  /** Figure 8: a row for each picture, a column for each row of the study. */
  private Picture figure(List<Planned> done) throws IOException {
    List<String> heads = new ArrayList<>(List.of(ORIGINAL));
    done.forEach(row -> heads.add(row.row().title()));
    List<PictureGrid.Row> rows = new ArrayList<>();
    for (Dataset one : pictures.shown()) {
      Picture high = pictures.read(Optional.empty(), one);
      Region mark = pictures.mark(high);
      List<PictureGrid.Cell> cells = new ArrayList<>();
      cells.add(PictureGrid.Cell.of(mark.of(high), List.of()));
      for (Planned row : done) {
        Picture made = pictures.read(Optional.of(row), one);
        cells.add(PictureGrid.Cell.of(mark.of(made), List.of(caption(high, made))));
      }
      rows.add(new PictureGrid.Row(pictures.name(one), cells));
    }
    String note =
        "%s: %s. x%d; PSNR of the whole picture, Y channel, border %d."
            .formatted(study.name(), study.title(), plan.scale(), plan.scale());
    return grid.draw(List.of(new PictureGrid.Panel(heads, rows)), List.of(note));
  }

  private String caption(Picture high, Picture made) {
    double psnr = new Psnr().measure(high, made, Protocol.paper(plan.scale()));
    return String.format(Locale.ROOT, "%.2f dB", psnr);
  }

  /** Figure 9a: of all pictures that are shown. */
  private Picture brightness(List<Planned> done) throws IOException {
    List<HistogramFigure.Series> series = new ArrayList<>();
    series.add(series(ORIGINAL, Optional.empty()));
    for (Planned row : done) {
      series.add(series(row.row().title(), Optional.of(row)));
    }
    String note =
        "Gray of the %d pictures shown, blurred by a Gaussian of %s pixels; share of pixels by level, smoothed over 5 levels."
            .formatted(pictures.shown().size(), BrightnessHistogram.SIGMA);
    return histogram.draw("Brightness", series, List.of(note));
  }

  private HistogramFigure.Series series(String name, Optional<Planned> row) throws IOException {
    BrightnessHistogram counted = new BrightnessHistogram(plan.scale());
    for (Dataset one : pictures.shown()) {
      counted.add(pictures.read(row, one));
    }
    return new HistogramFigure.Series(name, counted.shares());
  }

  private byte[] comparison(List<Planned> done) throws IOException {
    List<ComparisonPage.Comparison> compared = new ArrayList<>();
    for (Dataset one : pictures.shown()) {
      Picture high = pictures.read(Optional.empty(), one);
      List<ComparisonPage.Window> windows = new ArrayList<>();
      windows.add(new ComparisonPage.Window(ORIGINAL, relative(pictures.original(one)), List.of()));
      for (Planned row : done) {
        String caption = caption(high, pictures.read(Optional.of(row), one));
        windows.add(
            new ComparisonPage.Window(
                row.row().title(), relative(pictures.file(row, one)), List.of(caption)));
      }
      compared.add(
          new ComparisonPage.Comparison(
              one.name(), high.width(), high.height(), pictures.mark(high), windows));
    }
    return new ComparisonPage(study.name(), compared, List.of(study.title())).html();
  }

  private byte[] page(List<Planned> done, Table table) {
    List<StudyPage.Row> rows = new ArrayList<>();
    for (Planned row : plan.rows()) {
      rows.add(
          new StudyPage.Row(
              row.row().name(),
              row.row().title(),
              row.row().changes().stream().map(StudyReport::words).toList(),
              row.runs().stream()
                  .map(run -> new Link(run.title(), relative(run.folder().resolve("run.html"))))
                  .toList(),
              done.contains(row) ? "done" : "to be done"));
    }
    return new StudyPage(
            study.name(),
            study.title(),
            rows,
            table,
            List.of(FIGURE, BRIGHTNESS),
            List.of(new Link("The pictures, enlarged together", PICTURES)))
        .html();
  }

  private static String words(Setting change) {
    String value = change.text();
    return value.isEmpty() ? change.key() + " left out" : change.key() + ": " + value;
  }

  private String relative(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
