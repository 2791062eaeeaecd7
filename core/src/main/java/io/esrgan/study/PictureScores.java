package io.esrgan.study;

import io.esrgan.image.Picture;
import io.esrgan.metric.Channel;
import io.esrgan.metric.NoReference;
import io.esrgan.metric.Protocol;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures measured one by one, as they are, no border cut: a row for each, and their mean. Not
 * safe for several threads.
 */
public final class PictureScores {
  private static final String MEAN = "mean"; // the name of the last row

  private final Measure measure;
  private final NoReference metric;
  private final List<List<Object>> rows = new ArrayList<>();

  public PictureScores(NoReference metric) {
    this.metric = metric;
    this.measure = new Measure(metric, new Protocol(Channel.Y, 0));
  }

  /**
   * Measures a picture.
   *
   * @param name what its row is called
   * @throws IllegalArgumentException if it cannot be measured; it then has no row
   */
  public void add(String name, Picture picture) {
    rows.add(List.of(name, metric.measure(picture, measure.protocol().border())));
  }

  /** How many pictures were measured. */
  public int size() {
    return rows.size();
  }

  /** A line for each picture, in the order in which they came, then the mean of several. */
  public Table table() {
    List<Column> columns =
        List.of(
            Column.text("picture"),
            Column.number(measure.name(), measure.detail(), Evaluation.DECIMALS));
    List<List<Object>> all = new ArrayList<>(rows);
    if (rows.size() > 1) {
      double mean = rows.stream().mapToDouble(row -> (double) row.get(1)).average().orElseThrow();
      all.add(List.of(MEAN, mean));
    }
    return new Table(columns, all, List.of());
  }
}
