package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The low-resolution pictures that everyone measures on, made again from the high-resolution ones.
 */
class BenchmarkFilesTest {

  @ParameterizedTest
  @CsvSource({"Set5, 5", "Set14, 14", "BSD100, 100"})
  void shrinkingMakesThePublishedFilesBitForBit(String set, int count) throws IOException {
    Path folder = TestData.folder().resolve("benchmark").resolve(set);
    int same = 0;
    try (Stream<Path> files = Files.list(folder.resolve("HR"))) {
      for (Path file : files.sorted().toList()) {
        Picture high = Images.read(file);
        Picture cropped = high.crop(0, 0, high.width() / 4 * 4, high.height() / 4 * 4);
        Picture low = Bicubic.shrink(cropped, 4, Bicubic.Convention.ROUNDED_BETWEEN);
        Picture published = Images.read(folder.resolve("LRx4").resolve(file.getFileName()));
        assertThat(low.channels()).isEqualTo(published.channels());
        assertThat(low.bytes()).as(file.toString()).isEqualTo(published.bytes());
        same++;
      }
    }
    assertThat(same).isEqualTo(count);
  }
}
