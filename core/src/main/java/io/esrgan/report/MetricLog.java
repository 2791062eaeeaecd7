package io.esrgan.report;

import io.esrgan.file.GrowingFile;
import io.esrgan.file.WholeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a run measured, as CSV: {@code step,kind,value}, a line for every number; and the curves
 * that they make.
 *
 * <p>On resume, lines of steps after the checkpoint are cut off, so that nothing is told twice.
 */
final class MetricLog implements AutoCloseable {
  private static final String HEADER = "step,kind,value";
  private static final Pattern KIND = Pattern.compile("[a-z0-9-]+");
  private static final Pattern LINE =
      Pattern.compile("(\\d{1,18}),(" + KIND + "),(-?[0-9.]+(?:e[+-]?[0-9]+)?|-?Infinity|NaN)");

  private final GrowingFile file;
  private final SortedMap<String, Curve> curves;

  private MetricLog(GrowingFile file, SortedMap<String, Curve> curves) {
    this.file = file;
    this.curves = curves;
  }

  /** Opens the log of a run of which {@code done} steps are kept. */
  static MetricLog open(Path file, long done) throws IOException {
    SortedMap<String, Curve> curves = new TreeMap<>();
    WholeFile.replace(
        file,
        out -> {
          out.write(ascii(HEADER + "\n"));
          if (Files.exists(file)) {
            copy(file, done, out, curves);
          }
        });
    return new MetricLog(GrowingFile.open(file), curves);
  }

  /** What is no line of a log, or was cut short or garbled in a crash, belongs to no step. */
  private static void copy(Path file, long done, OutputStream to, Map<String, Curve> curves)
      throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher cells = LINE.matcher(line);
        if (cells.matches() && Long.parseLong(cells.group(1)) <= done) {
          to.write(ascii(line + "\n"));
          add(curves, Long.parseLong(cells.group(1)), cells.group(2), cells.group(3));
        }
      }
    }
  }

  /** Adds numbers by their kinds, in the order of these. */
  void add(long step, Map<String, Double> values) throws IOException {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (kind, value) -> {
              if (!KIND.matcher(kind).matches()) {
                throw new IllegalArgumentException(
                    "a kind is made of a-z, 0-9 and hyphens, not '%s'".formatted(kind));
              }
              lines.append(line(step, kind, printed(value)));
            });
    file.add(ascii(lines.toString()));
    values.forEach((kind, value) -> add(curves, step, kind, printed(value)));
  }

  private static String line(long step, String kind, String value) {
    return step + "," + kind + "," + value + "\n";
  }

  private static String printed(double value) {
    return String.format(Locale.ROOT, "%.8g", value);
  }

  /** Of the text, so that a run that was resumed draws what one that was not does. */
  private static void add(Map<String, Curve> curves, long step, String kind, String value) {
    curves.computeIfAbsent(kind, k -> new Curve()).add(step, Double.parseDouble(value));
  }

  /** The curve of each kind. */
  SortedMap<String, Curve> curves() {
    return curves;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
