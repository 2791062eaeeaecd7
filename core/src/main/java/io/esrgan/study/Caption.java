package io.esrgan.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

  /** Of an original, by what judges a picture by itself; nothing if nothing does. */
  static List<String> ofOriginal(Optional<Result> original) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; original.isPresent() && i < original.get().measures().size(); i++) {
      Measure measure = original.get().measures().get(i);
      if (measure.judgesOriginals()) {
        lines.add(line(measure, original.get().mean(i)));
      }
    }
    return lines;
  }

  private static String line(Measure measure, double value) {
    if (Double.isNaN(value)) {
      return measure.metric().name() + " -";
    }
    String form = Math.abs(value) < 1 ? "%s %.3f" : "%s %.2f"; // LPIPS and SSIM are below 1
    return String.format(Locale.ROOT, form, measure.metric().name(), value);
  }
}
