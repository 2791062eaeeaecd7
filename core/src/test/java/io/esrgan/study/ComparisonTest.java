package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.Dataset;
import io.esrgan.data.DatasetTest;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
  private static final List<Measure> PSNR = List.of(new Measure(new Psnr(), Protocol.paper(2)));

  @TempDir Path folder;

  private Path out;

  @BeforeEach
  void pictures() throws IOException {
    out = folder.resolve("out");
    Files.createDirectories(folder.resolve("set"));
    Images.write(DatasetTest.noisy(60, 41), folder.resolve("set/a b.png"), false);
    Images.write(DatasetTest.noisy(40, 50), folder.resolve("set/c#.png"), false);
  }

  private Comparison comparison(Method... methods) throws IOException {
    return new Comparison(out, 2, List.of(methods), PSNR, List.of("computed <somewhere>"));
  }

  @Test
  void writesWhatEveryMethodMadeAndAPageThatFindsIt() throws IOException {
    Comparison comparison =
        comparison(Method.bicubic(2), Method.of("by: hand/2", low -> Bicubic.enlarge(low, 2)));
    for (Dataset picture : Dataset.open(folder.resolve("set"), 2).singles()) {
      List<Result> results = comparison.add(picture, Optional.empty());
      assertThat(results).extracting(Result::method).containsExactly("bicubic", "by: hand/2");
    }
    Picture high = Images.read(out.resolve("a b/0_HR.png"));
    assertThat(high.height()).as("cropped to the scale").isEqualTo(40);
    assertThat(Images.read(out.resolve("a b/1_bicubic.png")).bytes())
        .isEqualTo(Bicubic.enlarge(Bicubic.shrink(high, 2), 2).bytes());
    assertThat(out.resolve("c#/2_by_hand_2.png")).exists();
    assertThat(out.resolve("c#.png")).exists();
    assertThat(Files.readString(out.resolve(Comparison.PAGE)))
        .contains("src=\"./a%20b/1_bicubic.png\"", "src=\"./c%23/0_HR.png\"")
        .contains("computed &lt;somewhere&gt;", "by: hand/2</b><br>PSNR ")
        .doesNotContain(folder.toString());
  }

  @Test
  void aComparisonThatEndsEarlyHasAPageByWhichItsFolderIsKnown() {
    Method failing =
        Method.of(
            "failing",
            low -> {
              throw new IllegalStateException("killed");
            });
    assertThatThrownBy(
            () ->
                comparison(failing)
                    .add(Dataset.ofPicture(folder.resolve("set/a b.png"), 2), Optional.empty()))
        .hasMessage("killed");
    assertThat(out.resolve("a b/0_HR.png")).exists();
    assertThat(out.resolve(Comparison.PAGE)).exists();
  }

  @Test
  void aMethodStartsWhenTheOneBeforeItIsWritten() throws IOException {
    Method second =
        Method.of(
            "second",
            low -> {
              assertThat(out.resolve("a b/1_bicubic.png")).exists();
              return Bicubic.enlarge(low, 2);
            });
    comparison(Method.bicubic(2), second)
        .add(Dataset.ofPicture(folder.resolve("set/a b.png"), 2), Optional.empty());
    assertThat(out.resolve("a b/2_second.png")).exists();
  }

  @Test
  void aRegionOutsideThePictureIsRefusedBeforeAnythingIsWritten() throws IOException {
    Dataset picture = Dataset.ofPicture(folder.resolve("set/a b.png"), 2);
    Comparison comparison = comparison(Method.bicubic(2));
    assertThatThrownBy(() -> comparison.add(picture, Optional.of(new Region(50, 0, 20, 20))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("20x20 pixels at 50,0 do not lie in a b.png, which has 60x40");
    assertThat(out).doesNotExist();
  }
}
