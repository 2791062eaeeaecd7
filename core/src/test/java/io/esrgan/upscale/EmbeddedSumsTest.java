package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.weights.Interpolation;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sums that are written down for the models that come inside. */
class EmbeddedSumsTest {
  @Test
  void areThoseOfTheFiles(@TempDir Path folder) throws IOException {
    Interpolation pair = EmbeddedModel.pair();
    for (Interpolation.End end : List.of(pair.a(), pair.b())) {
      Path file = folder.resolve(end.name());
      try (InputStream in =
          EmbeddedModel.class.getResourceAsStream(EmbeddedModel.resource(end.name()))) {
        Files.copy(in, file);
      }
      assertThat(end.sha256()).isEqualTo(Weights.sha256(file));
    }
  }
}
