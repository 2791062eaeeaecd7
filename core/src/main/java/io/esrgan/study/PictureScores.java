package io.esrgan.study;

import io.esrgan.image.Picture;
import io.esrgan.metric.Channel;
import io.esrgan.metric.MaScores;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.NoReference;
import io.esrgan.metric.Protocol;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Pictures measured one by one: a row for each, and their mean. Not safe for several threads. */
public final class PictureScores {
  private static final String MEAN = "mean"; // the name of the last row
  private static final Protocol PIRM = new Protocol(Channel.Y, 4);

  private final Measure measure;
  private final NoReference metric;
  private final Optional<MaScores> ma;
  private final List<String> names = new ArrayList<>();
  private final List<List<Double>> rows = new ArrayList<>();

  /** Scores of pictures as they are, no border cut. */
  public PictureScores(NoReference metric) {
    this(metric, new Protocol(Channel.Y, 0), Optional.empty());
  }

  private PictureScores(NoReference metric, Protocol protocol, Optional<MaScores> ma) {
    this.metric = metric;
    this.measure = new Measure(metric, protocol);
    this.ma = ma;
  }

  /**
   * NIQE, Ma's scores and the perceptual index of both, as the PIRM challenge takes them: of luma,
   * a border of 4 pixels cut.
   */
  public static PictureScores perceptualIndex(Niqe niqe, MaScores ma) {
    return new PictureScores(niqe, PIRM, Optional.of(ma));
  }

  /**
   * Measures a picture.
   *
   * @param name what its row is called
   * @throws IllegalArgumentException if it cannot be measured, or Ma's score of it is missing; it
   *     then has no row
   */
  public void add(String name, Picture picture) {
    List<Double> row = new ArrayList<>();
    Optional<Double> score = ma.map(scores -> scores.of(name));
    row.add(metric.measure(picture, measure.protocol().border()));
    if (score.isPresent()) {
      row.add(score.get());
      row.add(MaScores.perceptualIndex(row.get(0), score.get()));
    }
    names.add(name);
    rows.add(row);
  }

  /** How many pictures were measured. */
  public int size() {
    return rows.size();
  }

  /** A line for each picture, in the order in which they came, then the mean of several. */
  public Table table() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("picture"));
    columns.add(measure.column());
    if (ma.isPresent()) {
      String from = "from a file, SHA-256 " + ma.get().sha256();
      columns.add(Column.number("Ma", "not computed here, " + from, Measure.DECIMALS));
      String detail = "((10 - Ma) + NIQE) / 2, lower is better; Ma's half unverified, " + from;
      columns.add(Column.number("PI", detail, Measure.DECIMALS));
    }
    columns.add(Column.record("program"));
    List<List<Object>> all = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      all.add(row(names.get(i), rows.get(i)));
    }
    if (rows.size() > 1) {
      all.add(row(MEAN, means()));
    }
    return new Table(columns, all, List.of());
  }

  private static List<Object> row(String name, List<Double> values) {
    return Stream.of(Stream.of(name), values.stream(), Stream.of(Provenance.PROGRAM))
        .flatMap(cells -> cells)
        .<Object>map(cell -> cell)
        .toList();
  }

  private List<Double> means() {
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      means.add(rows.stream().mapToDouble(row -> row.get(column)).average().orElseThrow());
    }
    return means;
  }
}
