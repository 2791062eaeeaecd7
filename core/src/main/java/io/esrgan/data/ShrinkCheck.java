package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether given low-resolution pictures are what our own bicubic makes of their partners.
 *
 * <p>Compared are 8-bit samples, in gray where both pictures are gray and else in RGB. A difference
 * of one level is allowed, for a rounding that fell otherwise, and both of the {@linkplain
 * Bicubic.Convention conventions} are ours: the paper's, and that of the usual benchmark files. A
 * pair that cannot be read is left to whoever reads it next.
 */
final class ShrinkCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ShrinkCheck.class);
  private static final int TOLERATED = 1; // level of 255
  private static final int MOST_CHANNELS = 3;

  /** How far a picture is off, in levels of 255. */
  private record Difference(int maximum, double mean) {

    static Difference of(byte[] one, byte[] other) {
      int maximum = 0;
      long sum = 0;
      for (int i = 0; i < one.length; i++) {
        int apart = Math.abs((one[i] & 0xff) - (other[i] & 0xff));
        maximum = Math.max(maximum, apart);
        sum += apart;
      }
      return new Difference(maximum, (double) sum / one.length);
    }

    boolean tolerated() {
      return maximum <= TOLERATED;
    }
  }

  private ShrinkCheck() {}

  /** As {@link PictureFolder#requireShrunk} says. */
  static void require(List<Source> sources, int scale, int threads) throws IOException {
    List<Source> pairs = sources.stream().filter(source -> source.low().isPresent()).toList();
    LOG.info("comparing {} low-resolution pictures with our bicubic", pairs.size());
    List<Optional<String>> answers = answers(pairs, scale, threads);
    List<String> differing = answers.stream().flatMap(Optional::stream).toList();
    differing.forEach(LOG::warn);
    if (!differing.isEmpty()) {
      throw new IOException(
          ("%d of %d low-resolution pictures are not our bicubic shrink (the first: %s). They may"
                  + " come from another program's bicubic (Pillow's and OpenCV's differ from"
                  + " MATLAB's), be shifted, compressed or degraded on purpose; if they are meant"
                  + " to be so, train with data.check-low=size")
              .formatted(differing.size(), pairs.size(), differing.get(0)));
    }
  }

  private static List<Optional<String>> answers(List<Source> pairs, int scale, int threads)
      throws IOException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Optional<String>>> tasks =
          pairs.stream().<Callable<Optional<String>>>map(pair -> () -> check(pair, scale)).toList();
      List<Optional<String>> answers = new ArrayList<>();
      for (Future<Optional<String>> done : workers.invokeAll(tasks)) {
        answers.add(done.get());
      }
      return answers;
    } catch (ExecutionException e) {
      throw new IOException("cannot compare pictures: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while comparing pictures").initCause(e);
    } finally {
      workers.shutdownNow();
    }
  }

  /** What is wrong with a pair, if anything is. */
  private static Optional<String> check(Source source, int scale) {
    try {
      Picture high = Pair.read(source.path(), MOST_CHANNELS);
      Picture low = Pair.read(source.low().orElseThrow(), MOST_CHANNELS);
      int channels = Math.max(high.channels().colours(), low.channels().colours());
      return difference(Pair.whole(high, scale, channels), Pair.whole(low, 1, channels), scale)
          .map(
              apart ->
                  String.format(
                      Locale.ROOT,
                      "%s is off by up to %d levels of 255, by %.2f on average",
                      source.low().get(),
                      apart.maximum(),
                      apart.mean()));
    } catch (IOException e) {
      LOG.warn("not compared: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<Difference> difference(Picture high, Picture low, int scale) {
    Difference plain = Difference.of(Bicubic.shrink(high, scale).bytes(), low.bytes());
    if (plain.tolerated()) {
      return Optional.empty();
    }
    Picture rounded = Bicubic.shrink(high, scale, Bicubic.Convention.ROUNDED_BETWEEN);
    return Difference.of(rounded.bytes(), low.bytes()).tolerated()
        ? Optional.empty()
        : Optional.of(plain);
  }
}
