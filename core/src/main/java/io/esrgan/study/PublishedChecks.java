package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.metric.Channel;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import io.esrgan.study.SelfTest.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Numbers that others have published for pictures of the usual test sets, checked on a user's. */
final class PublishedChecks {
  private static final String PAPER = "the paper's table 2";
  private static final String BASICSR = "BasicSR";
  private static final String MATLAB = "MATLAB, as BasicSR tells it";
  private static final double PSNR_APART = 0.02; // published ones differ by 0.01 on Set5
  private static final double SSIM_APART = 0.001; // published ones differ in the third decimal
  private static final double EXACT = 2e-6; // from numbers of six decimals
  private static final int SCALE = PublishedNumbers.SCALE;
  private static final int MULTIPLE = 12; // of pixels a side that BasicSR crops to

  /** A picture of Set14, known by its samples, and what BasicSR measures of it. */
  private enum PublishedPicture {
    BABOON("baboon", 0x4920d3a2L, 20.419710, .391853, 22.441898, .453097),
    COMIC("comic", 0xab913d79L, 20.239912, .567738, 21.720398, .585511);

    private final String title;
    private final long crc32;
    private final double psnrRgb;
    private final double ssimRgb;
    private final double psnrLuma;
    private final double ssimLuma;

    PublishedPicture(
        String title,
        long crc32,
        double psnrRgb,
        double ssimRgb,
        double psnrLuma,
        double ssimLuma) {
      this.title = title;
      this.crc32 = crc32;
      this.psnrRgb = psnrRgb;
      this.ssimRgb = ssimRgb;
      this.psnrLuma = psnrLuma;
      this.ssimLuma = ssimLuma;
    }
  }

  private final Optional<Niqe> niqe;
  private final Consumer<Check> checks;

  PublishedChecks(Optional<Niqe> niqe, Consumer<Check> checks) {
    this.niqe = niqe;
    this.checks = checks;
  }

  /** Checks what is known of a set's high-resolution pictures. */
  void check(Path folder) throws IOException {
    Path high = folder.resolve("HR");
    if (!Files.isDirectory(high)) {
      high = folder;
    }
    List<Path> files = Images.in(high);
    Path named = folder.toAbsolutePath().normalize().getFileName();
    if (named != null && PublishedNumbers.all().knows(named.toString(), files.size())) {
      checkBicubic(named.toString(), high);
    }
    for (Path file : files) {
      Picture picture = Images.read(file);
      long crc32 = crc32(picture);
      for (PublishedPicture known : PublishedPicture.values()) {
        if (known.crc32 == crc32) {
          check(known, picture);
        }
      }
    }
  }

  private static long crc32(Picture picture) {
    CRC32 crc = new CRC32();
    crc.update(picture.to8Bits().bytes());
    return crc.getValue();
  }

  private void checkBicubic(String set, Path high) throws IOException {
    List<Dataset> sets = List.of(Dataset.open(high, SCALE));
    Method bicubic = Method.bicubic(SCALE);
    Result result = new Evaluation(SCALE).run(List.of(bicubic), sets, told -> {}).get(0);
    for (int i = 0; i < result.measures().size(); i++) {
      Measure measure = result.measures().get(i);
      double apart = measure.metric() instanceof Ssim ? SSIM_APART : PSNR_APART;
      OptionalDouble published = PublishedNumbers.all().value(bicubic.name(), set, measure);
      if (published.isPresent()) {
        String what = String.format(Locale.ROOT, "bicubic x4 of %s: %s", set, measure.name());
        tell(what, published.getAsDouble(), result.mean(i), apart, PAPER);
      }
    }
  }

  private void check(PublishedPicture known, Picture picture) {
    Picture high =
        picture.crop(
            0, 0, picture.width() / MULTIPLE * MULTIPLE, picture.height() / MULTIPLE * MULTIPLE);
    Picture enlarged = Bicubic.enlarge(Bicubic.shrink(high, SCALE), SCALE);
    Protocol luma = Protocol.paper(SCALE);
    Protocol rgb = new Protocol(Channel.RGB, SCALE);
    compare(known, new Psnr(), rgb, known.psnrRgb, high, enlarged);
    compare(known, new Ssim(), rgb, known.ssimRgb, high, enlarged);
    compare(known, new Psnr(), luma, known.psnrLuma, high, enlarged);
    compare(known, new Ssim(), luma, known.ssimLuma, high, enlarged);
    if (known == PublishedPicture.BABOON && niqe.isPresent()) {
      tell("NIQE of baboon", 5.72957338, niqe.get().measure(picture, 0), 1e-6, MATLAB);
    }
  }

  private void compare(
      PublishedPicture known,
      Metric metric,
      Protocol protocol,
      double expected,
      Picture high,
      Picture enlarged) {
    String what = "bicubic x4 of " + known.title + ": " + new Measure(metric, protocol).name();
    tell(what, expected, metric.measure(high, enlarged, protocol), EXACT, BASICSR);
  }

  private void tell(String what, double expected, double actual, double tolerance, String source) {
    checks.accept(new Check(what, expected, actual, tolerance, source));
  }
}
