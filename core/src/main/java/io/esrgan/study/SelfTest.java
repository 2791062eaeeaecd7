package io.esrgan.study;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.Plane;
import io.esrgan.metric.Channel;
import io.esrgan.metric.LowPsnr;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Rmse;
import io.esrgan.metric.Ssim;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Holds what this program measures to numbers that others have published or computed: drawn
 * pictures always, published pictures where they are at hand.
 */
public final class SelfTest {
  private static final String BICUBIC = "bicubic x4 of a drawn picture: ";
  private static final String NUMPY = "NumPy";
  private static final double COMPUTED = 1e-6; // how near a number computed in doubles must come

  private final Properties golden = new Properties();
  private final Consumer<Check> checks;

  private SelfTest(Consumer<Check> checks) {
    this.checks = checks;
    try (InputStream in = SelfTest.class.getResourceAsStream("golden.properties")) {
      golden.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the golden numbers cannot be read", e);
    }
  }

  /**
   * One number beside the one that it should be.
   *
   * @param what is measured
   * @param source who says what it should be
   * @param tolerance how far it may be from it
   */
  public record Check(
      String what, double expected, double actual, double tolerance, String source) {
    /** Whether the number is what it should be. */
    public boolean passed() {
      return Math.abs(actual - expected) <= tolerance;
    }
  }

  /**
   * Makes all checks that can be made, one after the other.
   *
   * @param folders test sets or folders of pictures: Set5, Set14 and BSD100 have published numbers,
   *     and so have baboon and comic of Set14
   * @param niqe where its parameters are here
   * @param checks is told each
   * @throws IOException if a folder's pictures cannot be read
   */
  public static void run(List<Path> folders, Optional<Niqe> niqe, Consumer<Check> checks)
      throws IOException {
    SelfTest test = new SelfTest(checks);
    test.luma();
    test.flatPictures();
    test.resizedPlanes();
    test.drawnPicture();
    PublishedChecks published = new PublishedChecks(niqe, checks);
    for (Path folder : folders) {
      published.check(folder);
    }
  }

  private void check(String what, double expected, double actual, double tolerance, String source) {
    checks.accept(new Check(what, expected, actual, tolerance, source));
  }

  /** The luma of pure colours, by their difference from black. */
  private void luma() {
    Map<String, int[]> colours =
        Map.of(
            "white", new int[] {255, 255, 255},
            "red", new int[] {255, 0, 0},
            "green", new int[] {0, 255, 0},
            "blue", new int[] {0, 0, 255});
    Map<String, Double> lumas =
        Map.of("white", 219.0, "red", 65.481, "green", 128.553, "blue", 24.966);
    Picture black = flat(0, 0, 0);
    for (String name : List.of("white", "red", "green", "blue")) {
      int[] rgb = colours.get(name);
      double apart =
          new Rmse().measure(black, flat(rgb[0], rgb[1], rgb[2]), new Protocol(Channel.Y, 0));
      check("luma of " + name + " above black's", lumas.get(name), apart, 1e-9, "ITU-R BT.601");
    }
  }

  private void flatPictures() {
    Picture a = flat(100, 100, 100);
    Picture b = flat(101, 101, 101);
    Protocol rgb = new Protocol(Channel.RGB, 0);
    double psnr = 20 * Math.log10(255);
    check("PSNR of a difference of 1", psnr, new Psnr().measure(a, b, rgb), 1e-9, "20 log10 255");
    double c1 = 2.55 * 2.55;
    double ssim = (2 * 100 * 101 + c1) / (100 * 100 + 101 * 101 + c1);
    check("SSIM of flat 100 and 101", ssim, new Ssim().measure(a, b, rgb), 1e-9, "its formula");
  }

  private static Picture flat(int red, int green, int blue) {
    byte[] bytes = new byte[3 * 16 * 16];
    for (int i = 0; i < bytes.length; i += 3) {
      bytes[i] = (byte) red;
      bytes[i + 1] = (byte) green;
      bytes[i + 2] = (byte) blue;
    }
    return Picture.of8Bit(16, 16, Channels.RGB, bytes, Metadata.NONE);
  }

  private void resizedPlanes() {
    Picture picture = drawn(11, 7);
    double[] red = new double[11 * 7];
    for (int i = 0; i < red.length; i++) {
      red[i] = picture.sample(3 * i);
    }
    for (int factor = 2; factor <= 4; factor++) {
      resized(new Plane(11, 7, red), "down" + factor, 1.0 / factor);
      resized(new Plane(11, 7, red), "up" + factor, factor);
    }
  }

  /** The largest difference from the golden plane: width, height and the samples by rows. */
  private void resized(Plane plane, String name, double scale) {
    String[] numbers = golden.getProperty(name).split(" ", -1);
    Plane resized = Bicubic.resize(plane, scale);
    double largest = 0;
    if (resized.width() != Integer.parseInt(numbers[0])
        || resized.height() != Integer.parseInt(numbers[1])) {
      largest = Double.POSITIVE_INFINITY;
    } else {
      for (int i = 0; i < resized.values().length; i++) {
        double difference = resized.values()[i] - Double.parseDouble(numbers[i + 2]);
        largest = Math.max(largest, Math.abs(difference));
      }
    }
    check("imresize " + name + ", largest difference", 0, largest, COMPUTED, NUMPY);
  }

  private void drawnPicture() {
    Picture high = drawn(96, 72);
    Picture low = Bicubic.shrink(high, 4);
    Picture enlarged = Bicubic.enlarge(low, 4);
    for (Metric metric : List.of(new Psnr(), new Ssim(), new Rmse())) {
      for (Protocol protocol : metric.protocols(4)) {
        Measure measure = new Measure(metric, protocol);
        drawn(measure, metric.measure(high, enlarged, protocol));
      }
    }
    Measure agreement = Measure.first(new LowPsnr(), 4);
    drawn(agreement, agreement.metric().measure(low, enlarged, agreement.protocol()));
  }

  private void drawn(Measure measure, double actual) {
    String expected = golden.getProperty(measure.name().toLowerCase(Locale.ROOT));
    check(BICUBIC + measure.name(), Double.parseDouble(expected), actual, COMPUTED, NUMPY);
  }

  /** What {@code picture} of {@code make_self_test.py} gives. */
  private static Picture drawn(int width, int height) {
    byte[] bytes = new byte[3 * width * height];
    for (int i = 0; i < bytes.length; i++) {
      int c = i % 3;
      int x = i / 3 % width;
      int y = i / 3 / width;
      double waves = 60 * Math.sin(x / (3.0 + c)) + 50 * Math.cos((x + 2 * y) / 7.0);
      bytes[i] = (byte) Math.rint(128 + waves + (x * y + 31 * c) % 13);
    }
    return Picture.of8Bit(width, height, Channels.RGB, bytes, Metadata.NONE);
  }
}
