package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.data.DatasetTest;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.report.ComparisonFigure.Crop;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonFigureTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 5, 8})
  void showsEveryCropPixelByPixel(int count) throws IOException {
    Picture original = DatasetTest.noisy(300, 200);
    Region mark = new Region(20, 30, 64, 48);
    Picture crop = mark.of(original);
    List<Crop> crops = Collections.nCopies(count, new Crop("m", crop, List.of("PSNR 30.00")));
    Picture figure = new ComparisonFigure().draw("a.png", original, mark, crops, List.of("a note"));
    assertThat(occurrences(figure, crop)).isEqualTo(count);
  }

  private static int occurrences(Picture figure, Picture crop) {
    int found = 0;
    for (int y = 0; y + crop.height() <= figure.height(); y++) {
      for (int x = 0; x + crop.width() <= figure.width(); x++) {
        if (isAt(figure, crop, x, y)) {
          found++;
        }
      }
    }
    return found;
  }

  private static boolean isAt(Picture figure, Picture crop, int left, int top) {
    for (int y = 0; y < crop.height(); y++) {
      for (int x = 0; x < crop.width(); x++) {
        for (int c = 0; c < 3; c++) {
          if (figure.sample(left + x, top + y, c) != crop.sample(x, y, c)) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
