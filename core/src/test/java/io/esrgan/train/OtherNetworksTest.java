package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of network is trained by recipe, and a run can begin from what another one made. */
class OtherNetworksTest {
  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    TinyRun.prepare(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | type=srcnn middle-kernel=5 channels=1 features= blocks=",
        "4 | type=srcnn middle-kernel=1 features= blocks=",
        "4 | type=rrdb block=residual batch-norm=true channels=3",
        "2 | type=rrdb block=residual residual-scale=0.2 channels=1",
        "4 | type=srresnet",
        "2 | type=srresnet batch-norm=false",
        "4 | type=msrresnet",
        "4 | type=msrresnet form=trunk-skip",
        "3 | type=edsr residual-scale=0.5",
        "2 | type=rcan groups=2 reduction=4",
        "4 | type=enhancenet",
        "4 | type=srvggnet-compact convolutions=2 blocks=",
      })
  void aStepIsMadeAndAnotherRunBeginsFromItsResult(int scale, String network) throws IOException {
    Map<String, String> values = new HashMap<>();
    values.put("scale", Integer.toString(scale));
    values.put("data.crop", Integer.toString(8 * scale));
    values.put("data.validation", "");
    values.put("network.growth", "");
    values.put("network.channels", "");
    for (String value : network.split(" ", -1)) {
      String[] parts = value.split("=", -1);
      values.put("network." + parts[0], parts[1]);
    }
    Recipe recipe = TinyRun.psnr(folder, 2, values);
    assertThat(Recipe.parse(recipe.toYaml(), "checkpoint", Map.of())).isEqualTo(recipe);
    TinyRun.train(recipe, folder.resolve("first"), false);

    Path model = folder.resolve("first/model.safetensors");
    assertThat(Weights.readGenerator(model).config()).isEqualTo(recipe.network().config());
    values.put("start", model.toString());
    TinyRun.train(TinyRun.psnr(folder, 1, values), folder.resolve("second"), false);
    assertThat(folder.resolve("second/model.safetensors")).exists();
  }
}
