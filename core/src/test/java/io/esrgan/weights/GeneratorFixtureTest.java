package io.esrgan.weights;

import static io.esrgan.Fixtures.fixture;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorFixtureTest {
  @ParameterizedTest
  @CsvSource({
    "x4-new, NEW, params_ema",
    "x4-old, OLD, ''",
    "x4-mid, MIDDLE, ''",
    "x2-new, NEW, params_ema",
    "x1-new, NEW, params_ema"
  })
  void bothContainersHoldTheSameGenerator(String name, RrdbLayout layout, String wrapper)
      throws IOException {
    GeneratorFile zip = Weights.readGenerator(fixture("rrdb-" + name + ".zip.pth"));
    GeneratorFile legacy = Weights.readGenerator(fixture("rrdb-" + name + ".legacy.pth"));
    assertThat(zip.container()).isEqualTo(Container.ZIP);
    assertThat(legacy.container()).isEqualTo(Container.LEGACY);
    assertThat(zip.weights()).isEqualTo(legacy.weights());
    assertThat(zip.config()).isEqualTo(legacy.config());
    for (GeneratorFile file : new GeneratorFile[] {zip, legacy}) {
      assertThat(file.layout()).isEqualTo(layout);
      assertThat(file.wrapper()).isEqualTo(wrapper);
      assertThat(file.dtype()).isEqualTo(Dtype.F32);
    }
  }

  @ParameterizedTest
  @CsvSource({"x4-new", "x4-old", "x4-mid", "x2-new", "x1-new"})
  void theMeasuresAreThoseItWasMadeWith(String name) throws IOException {
    Map<String, String> made = Weights.read(fixture("rrdb-" + name + ".safetensors")).metadata();
    int scale = Integer.parseInt(made.get("scale"));
    assertThat(Weights.readGenerator(fixture("rrdb-" + name + ".zip.pth")).config())
        .isEqualTo(
            new RrdbConfig(
                3,
                3,
                Integer.parseInt(made.get("nf")),
                Integer.parseInt(made.get("gc")),
                Integer.parseInt(made.get("nb")),
                scale,
                4 / scale,
                false));
  }

  @Test
  void halfAndBfloat16AreTheSameWeightsToTheirPrecision() throws IOException {
    GeneratorFile half = Weights.readGenerator(fixture("rrdb-half.zip.pth"));
    GeneratorFile bfloat16 = Weights.readGenerator(fixture("rrdb-bfloat16.zip.pth"));
    assertThat(half.dtype()).isEqualTo(Dtype.F16);
    assertThat(bfloat16.dtype()).isEqualTo(Dtype.BF16);
    assertThat(half.config()).isEqualTo(bfloat16.config());
    for (String name : half.weights().names()) {
      float[] fine = half.weights().get(name).floats();
      float[] coarse = bfloat16.weights().get(name).floats();
      for (int i = 0; i < fine.length; i++) {
        // Each rounds the original: half to 11 bits, bfloat16 to 8.
        assertThat(coarse[i]).isCloseTo(fine[i], within(Math.abs(fine[i]) * 0x1.2p-8f + 1e-7f));
      }
    }
  }

  @Test
  void theGeneratorIsFoundAmongOtherNetworks() throws IOException {
    GeneratorFile file = Weights.readGenerator(fixture("training-start.safetensors"));
    assertThat(file.container()).isEqualTo(Container.SAFETENSORS);
    assertThat(file.weights())
        .isEqualTo(
            StateDict.of(
                Weights.read(fixture("training-start.safetensors")).under("generator.").weights()));
  }

  @ParameterizedTest
  @CsvSource({"discriminator., VGG_DISCRIMINATOR", "vgg19., VGG19", "generator., RRDB"})
  void eachNetworkOfATrainingIsRecognised(String prefix, WeightKind kind) throws IOException {
    StateDict all = Weights.read(fixture("training-start.safetensors"));
    assertThat(Detection.kind(all.under(prefix))).isEqualTo(kind);
  }
}
