package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.weights.Dtype;
import io.esrgan.weights.GeneratorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedModelPairTest {
  @Test
  void theTwoAreRelatives() {
    assertThat(EmbeddedModel.pair().related()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void theEndsAreTheStoredModels(double alpha) {
    GeneratorFile end = EmbeddedModel.load(alpha);
    assertThat(end.dtype()).isEqualTo(Dtype.F16);
    assertThat(EmbeddedModel.pair().at(alpha).weights().weights())
        .isEqualTo(end.weights().in(Dtype.F32).weights());
  }

  @Test
  void betweenThemIsFloat32() {
    GeneratorFile between = EmbeddedModel.load(0.5);
    assertThat(between.dtype()).isEqualTo(Dtype.F32);
    assertThat(between.weights().metadata())
        .containsEntry("interpolation.a", EmbeddedModel.PSNR)
        .containsEntry("interpolation.b", EmbeddedModel.GAN)
        .containsEntry("licence", "Apache-2.0");
  }

  @Test
  void thereIsNothingOutsideThem() {
    assertThatThrownBy(() -> EmbeddedModel.load(1.5)).hasMessage("alpha is 0 to 1, not 1.5");
  }

  @Test
  void reportsNameThePlace() {
    assertThat(EmbeddedModel.name(0)).isEqualTo("compact-psnr-x4");
    assertThat(EmbeddedModel.name(1)).isEqualTo("compact-gan-x4");
    assertThat(EmbeddedModel.name(0.25)).isEqualTo("compact-x4 alpha 0.25");
  }
}
