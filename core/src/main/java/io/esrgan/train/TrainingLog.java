package io.esrgan.train;

import io.esrgan.file.WholeFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run measured, as CSV: {@code step,kind,value}, a line for every number.
 *
 * <p>On resume, lines of steps after the checkpoint are cut off, so that nothing is told twice.
 */
final class TrainingLog implements AutoCloseable {
  private static final String HEADER = "step,kind,value";
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}),[a-z0-9-]+,[a-zA-Z0-9.+-]+");

  private final Writer out;

  private TrainingLog(Writer out) {
    this.out = out;
  }

  /** Opens the log of a run of which {@code done} steps are kept. */
  static TrainingLog open(Path file, long done) throws IOException {
    List<String> lines =
        Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
    String text =
        lines.stream()
            .filter(line -> stepOf(line) <= done)
            .map(line -> line + "\n")
            .collect(Collectors.joining("", HEADER + "\n", ""));
    WholeFile.replace(file, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
    return new TrainingLog(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
  }

  /** What is no line of a log, or was cut short or garbled in a crash, belongs to no step. */
  private static long stepOf(String line) {
    Matcher cells = LINE.matcher(line);
    return cells.matches() ? Long.parseLong(cells.group(1)) : Long.MAX_VALUE;
  }

  void step(long step, Losses losses, double rate) throws IOException {
    for (String name : losses.values().keySet().stream().sorted().toList()) {
      line(step, name, losses.values().get(name));
    }
    for (String network : losses.gradientNorms().keySet().stream().sorted().toList()) {
      line(step, network + "-gradient-norm", losses.gradientNorms().get(network));
    }
    line(step, "rate", rate);
    out.flush();
  }

  void psnr(long step, double psnr) throws IOException {
    line(step, "psnr-y", psnr);
    out.flush();
  }

  private void line(long step, String kind, double value) throws IOException {
    out.write(String.format(Locale.ROOT, "%d,%s,%.8g\n", step, kind, value));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
