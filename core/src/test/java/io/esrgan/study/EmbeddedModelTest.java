package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.esrgan.data.Dataset;
import io.esrgan.exec.Executor;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.upscale.EmbeddedModel;
import io.esrgan.upscale.Upscaler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the model that comes inside is worth. */
class EmbeddedModelTest {
  private static final int PSNR_Y = 0;

  @ParameterizedTest
  @ValueSource(strings = {"astronaut", "chelsea", "coffee"})
  void beatsBicubicOnTheSamplesByHalfADecibel(String sample) throws IOException {
    Picture whole = Images.read(Path.of("..", "samples", sample + ".png"));
    Picture high = whole.crop(0, 0, whole.width() / 4 * 4, whole.height() / 4 * 4);
    Picture low = Bicubic.shrink(high, 4);
    try (Upscaler upscaler = Upscaler.embedded(0)) {
      Protocol protocol = Protocol.paper(4);
      double network = new Psnr().measure(high, upscaler.upscale(low), protocol);
      double bicubic = new Psnr().measure(high, Bicubic.enlarge(low, 4), protocol);
      assertThat(network).isGreaterThan(bicubic + 0.5);
    }
  }

  @Test
  void reachesItsFloorOnSet5() throws IOException {
    assertThat(psnr("Set5", Device.CPU.preferredPrecision())).isGreaterThan(31.0);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"Set5", "Set14", "BSD100"})
  void bfloat16CostsLessThanAHundredthOfADecibel(String set) throws IOException {
    assertThat(Math.abs(psnr(set, Precision.BFLOAT16) - psnr(set, Precision.FLOAT32)))
        .isLessThan(0.01);
  }

  private static double psnr(String set, Precision precision) throws IOException {
    String data = System.getProperty("esrgan.data", "");
    assumeThat(data).as("give -Desrgan.data=DIR to measure on benchmark pictures").isNotEmpty();
    Dataset dataset = Dataset.open(Path.of(data, "benchmark", set), 4);
    Executor.Settings settings = new Executor.Settings(Device.CPU, precision, 2L << 30);
    try (Upscaler upscaler = Upscaler.of(EmbeddedModel.load(0), settings)) {
      Method method = Method.of("embedded", upscaler::upscale);
      List<Result> results = new Evaluation(4).run(List.of(method), List.of(dataset), result -> {});
      return results.get(0).mean(PSNR_Y);
    }
  }
}
