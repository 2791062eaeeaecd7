package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.exec.Forecast;
import io.esrgan.exec.Plan;
import io.esrgan.exec.TooLittleMemoryException;
import io.esrgan.image.Header;
import io.esrgan.image.Images;
import io.esrgan.image.RowReader;
import io.esrgan.upscale.OutputPlan;
import io.esrgan.upscale.Upscaled;
import io.esrgan.upscale.Upscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Upscales one picture after the other, says what became of each, and goes on where one fails.
 *
 * <p>The engine is opened for the first picture that can be read.
 */
final class UpscaleRun implements AutoCloseable {
  /** Multiplications from which on it is worth some seconds to find out how long they take. */
  private static final double LONG = 2e12;

  private static final long PIECES = 1000; // of a picture, on the meter

  /**
   * What is wanted.
   *
   * @param force whether to overwrite results that are there
   * @param verify whether to hold seams against the exact result
   * @param forecast whether to say what pictures will take, and no more
   */
  record Wish(boolean force, boolean verify, boolean forecast) {}

  private final Console console;
  private final Supplier<Upscaler> opening;
  private final Wish wish;
  private Upscaler upscaler;
  private int done;
  private int failed;

  UpscaleRun(Console console, Supplier<Upscaler> opening, Wish wish) {
    this.console = console;
    this.opening = opening;
    this.wish = wish;
  }

  /** Does what is planned; returns the exit code. */
  int all(OutputPlan plan) {
    long start = System.nanoTime();
    for (String problem : plan.problems()) {
      console.error(problem);
      failed++;
    }
    List<Long> pixels = console.isWatched() ? pixels(plan) : List.of();
    long total = pixels.stream().mapToLong(Long::longValue).sum();
    try (Meter meter = new Meter(console, "Upscaling", 0, Math.max(1, total) * PIECES)) {
      long before = 0;
      for (int i = 0; i < plan.items().size(); i++) {
        OutputPlan.Item item = plan.items().get(i);
        long size = pixels.isEmpty() ? 0 : pixels.get(i);
        one(item, new Part(meter, before, size));
        before += size;
        meter.to(before * PIECES);
      }
    }
    if (done + failed > 1) {
      console.line(
          "%s %s%s, %s"
              .formatted(
                  Phrases.count(done, "picture"),
                  wish.forecast() ? "looked at" : "upscaled",
                  failed == 0 ? "" : ", %d failed".formatted(failed),
                  Phrases.time(Phrases.since(start))));
    }
    return ExitCode.of(done, failed);
  }

  /** A picture's share of the meter. */
  private record Part(Meter meter, long before, long size) {
    void at(int piece, int pieces) {
      meter.to((before * PIECES) + (size * PIECES * piece / pieces));
    }
  }

  /** Pixels of each picture, 0 for one that cannot be read: its error comes when it is its turn. */
  private static List<Long> pixels(OutputPlan plan) {
    List<Long> pixels = new ArrayList<>();
    for (OutputPlan.Item item : plan.items()) {
      long area = 0;
      try {
        Header header = Images.probe(item.input());
        area = (long) header.width() * header.height();
      } catch (IOException e) {
        area = 0;
      }
      pixels.add(area);
    }
    return pixels;
  }

  private void one(OutputPlan.Item item, Part part) {
    part.meter().note(String.valueOf(item.input().getFileName()));
    try (RowReader low = open(item)) {
      if (upscaler == null) {
        upscaler = opening.get(); // what fails here would fail for every picture
        part.meter().restart();
      }
      work(item, low, part);
    } catch (IOException e) {
      fail(Failures.message(e), e);
    }
  }

  private void work(OutputPlan.Item item, RowReader low, Part part) throws IOException {
    try {
      if (wish.forecast()) {
        forecast(item, low);
        done++;
        return;
      }
      if (!console.isQuiet() && upscaler.multiplications(low) > LONG) {
        forecast(item, low);
      }
      upscale(item, low, part);
    } catch (RuntimeException | OutOfMemoryError e) {
      fail("cannot upscale %s: %s".formatted(item.input(), Failures.message(e)), e);
    }
  }

  private void forecast(OutputPlan.Item item, RowReader low) {
    Forecast forecast = upscaler.forecast(low);
    console.line(
        "%s  %dx%d takes about %s and %s of memory"
            .formatted(
                item.input(),
                low.width(),
                low.height(),
                Phrases.time(forecast.time().toMillis() / 1e3),
                Phrases.size(forecast.bytes())));
  }

  private void upscale(OutputPlan.Item item, RowReader low, Part part) throws IOException {
    long start = System.nanoTime();
    Upscaled high = upscaler.upscale(low, item.output(), wish.force(), part::at);
    double seconds = Phrases.since(start);
    done++;
    console.line(
        "%s -> %s  %dx%d -> %dx%d  %s, %s%s"
            .formatted(
                item.input(),
                item.output(),
                low.width(),
                low.height(),
                high.width(),
                high.height(),
                Phrases.time(seconds),
                agreement(high.consistency()),
                way(high)));
    if (wish.verify() && !console.isQuiet()) {
      console.line(seams(high.plan(), low));
    }
  }

  /** What was not done in the usual way, or nothing. */
  private static String way(Upscaled high) {
    Plan plan = high.plan();
    String bands =
        plan.cut() == Plan.Cut.BANDS || !plan.exact()
            ? String.format(
                ROOT,
                ", in %s, %.0f%% computed twice%s",
                Phrases.count(plan.bands().size(), "band"),
                100 * (plan.repetition() - 1),
                plan.exact() ? "" : ", approximately")
            : "";
    return high.repeatedStrips() == 0
        ? bands
        : "%s, %s repeated in float32"
            .formatted(bands, Phrases.count(high.repeatedStrips(), "strip"));
  }

  private String seams(Plan plan, RowReader low) throws IOException {
    if (plan.exact()) {
      return "  the result is exact: it has no seams";
    }
    try {
      return String.format(
          ROOT,
          "  the largest difference from the exact result found at seams is %.2f of 255 levels",
          upscaler.seamError(low));
    } catch (TooLittleMemoryException e) {
      return "  the seams cannot be verified: " + Failures.message(e);
    }
  }

  private static String agreement(double decibels) {
    return Double.isInfinite(decibels)
        ? "agrees with the input exactly"
        : String.format(ROOT, "agrees with the input to %.1f dB", decibels);
  }

  /** Everything that can be refused before the work is done is refused here. */
  private RowReader open(OutputPlan.Item item) throws IOException {
    if (item.isTaken() && !wish.force() && !wish.forecast()) {
      throw new IOException(
          "%s exists already, so %s is not upscaled; give --force to overwrite it"
              .formatted(item.output(), item.input()));
    }
    requireName(item.output());
    Path folder = item.output().toAbsolutePath().getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IOException(
          "cannot write %s: the folder %s %s"
              .formatted(
                  item.output(),
                  folder,
                  Files.isDirectory(folder)
                      ? "does not let you write; choose another with -o"
                      : "does not exist; make it, or choose another with -o"));
    }
    RowReader low = Images.openRows(item.input());
    boolean writable = false;
    try {
      Images.requireWritable(low.channels(), item.output());
      writable = true;
      return low;
    } finally {
      if (!writable) {
        low.close();
      }
    }
  }

  /** With _x4 behind, a name may have become longer than the file system takes. */
  private static void requireName(Path output) throws IOException {
    try {
      Files.readAttributes(output, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return; // as it should be
    } catch (IOException e) {
      throw new IOException(
          "cannot write %s; choose another name with -o".formatted(Failures.message(e)), e);
    }
  }

  private void fail(String message, Throwable problem) {
    failed++;
    console.error(message, problem);
  }

  @Override
  public void close() {
    if (upscaler != null) {
      upscaler.close();
    }
  }
}
