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
import java.util.stream.Collectors;

/**
 * What a run measured, as CSV: {@code step,kind,value}, a line for every number.
 *
 * <p>On resume, lines of steps after the checkpoint are cut off, so that nothing is told twice.
 */
final class TrainingLog implements AutoCloseable {
  private static final String HEADER = "step,kind,value";

  private final Writer out;

  private TrainingLog(Writer out) {
    this.out = out;
  }

  /** Opens the log of a run of which {@code done} steps are kept. */
  static TrainingLog open(Path file, long done) throws IOException {
    List<String> kept = Files.exists(file) ? Files.readAllLines(file) : List.of(HEADER);
    String text =
        kept.stream()
            .filter(line -> line.equals(HEADER) || stepOf(line) <= done)
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    WholeFile.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return new TrainingLog(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
  }

  /** A line that was cut short in a crash belongs to no step. */
  private static long stepOf(String line) {
    String[] cells = line.split(",", -1);
    return cells.length == 3 && cells[0].matches("\\d{1,18}")
        ? Long.parseLong(cells[0])
        : Long.MAX_VALUE;
  }

  void step(long step, Losses losses, double rate) throws IOException {
    for (String name : losses.values().keySet().stream().sorted().toList()) {
      line(step, name, losses.values().get(name));
    }
    line(step, "gradient-norm", losses.gradientNorm());
    line(step, "rate", rate);
    out.flush();
  }

  void psnr(long step, double psnr) throws IOException {
    line(step, "psnr-y", psnr);
    out.flush();
  }

  private void line(long step, String kind, double value) throws IOException {
    out.write(String.format(Locale.ROOT, "%d,%s,%.8g%n", step, kind, value));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
