package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.TestData;
import io.esrgan.metric.Niqe;
import io.esrgan.study.SelfTest.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfTestTest {
  @Test
  void drawnPicturesMeasureAsTheyShould() throws IOException {
    List<Check> checks = new ArrayList<>();
    SelfTest.run(List.of(), Optional.empty(), checks::add);
    assertThat(checks).hasSize(19).allMatch(Check::passed);
    assertThat(checks)
        .extracting(Check::what)
        .contains("imresize down4, largest difference", "bicubic x4 of a drawn picture: SSIM-RGB");
  }

  @Test
  void publishedPicturesMeasureAsPublished() throws IOException {
    Path data = TestData.folder();
    Niqe niqe = Niqe.read(data.resolve("weights/niqe_pris_params.npz"));
    List<Check> checks = new ArrayList<>();
    List<Path> sets = List.of(data.resolve("benchmark/Set5"), data.resolve("benchmark/Set14/HR"));
    SelfTest.run(sets, Optional.of(niqe), checks::add);
    assertThat(checks).hasSize(19 + 2 + 9).allMatch(Check::passed);
    assertThat(checks).extracting(Check::what).contains("NIQE of baboon");
  }

  @Test
  void aNumberThatIsOffOrNoneFails() {
    assertThat(new Check("a", 1, 1.5, 0.5, "b").passed()).isTrue();
    assertThat(new Check("a", 1, 1.6, 0.5, "b").passed()).isFalse();
    assertThat(new Check("a", 1, Double.NaN, 0.5, "b").passed()).isFalse();
    assertThat(new Check("a", 1, Double.POSITIVE_INFINITY, 0.5, "b").passed()).isFalse();
  }
}
