package io.esrgan.study;

import io.esrgan.image.Picture;
import io.esrgan.metric.NoReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers below a picture of a figure, a line for each measure. */
final class Caption {
  private Caption() {}

  /** Of what a method made. */
  static List<String> of(Result result) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < result.measures().size(); i++) {
      lines.add(line(result.measures().get(i), result.mean(i)));
    }
    return lines;
  }

  /** What judges a picture by itself can judge the original, too. */
  static List<String> ofOriginal(List<Measure> measures, Picture original) {
    List<String> lines = new ArrayList<>();
    for (Measure measure : measures) {
      if (measure.metric() instanceof NoReference metric) {
        lines.add(line(measure, metric.measure(original, measure.protocol().border())));
      }
    }
    return lines;
  }

  private static String line(Measure measure, double value) {
    String form = Math.abs(value) < 1 ? "%s %.3f" : "%s %.2f"; // LPIPS and SSIM are below 1
    return String.format(Locale.ROOT, form, measure.metric().name(), value);
  }
}
