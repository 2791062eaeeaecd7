package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.Fixtures;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small pictures of every kind (see README.md beside them) read as what they mean. */
class ReadingTest {

  static Path file(String name) {
    return Fixtures.resource("/io/esrgan/image/" + name);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "pictures.csv", numLinesToSkip = 1)
  void everyKindReadsAsItMeans(
      String name, String expectedName, int tolerance, double dotsPerInch, String profile)
      throws IOException {
    Picture expected = Images.read(file("expected/" + expectedName + ".png"));
    Picture actual = Images.read(file(name));
    assertThat(actual).hasToString(expected.toString());
    assertClose(actual, expected, tolerance);
    assertThat(actual.metadata().dotsPerInch()).isEqualTo(dotsPerInch);
    if (profile == null) {
      assertThat(actual.metadata().profile()).isEmpty();
    } else {
      try (InputStream in = ReadingTest.class.getResourceAsStream(profile)) {
        assertThat(actual.metadata().iccProfile()).isEqualTo(in.readAllBytes());
      }
    }
  }

  /** What is under full transparency is compared only where it must be exact. */
  private static void assertClose(Picture actual, Picture expected, int tolerance) {
    if (tolerance == 0) {
      TestPictures.assertSame(actual, expected);
      return;
    }
    int channels = expected.channels().count();
    for (int i = 0; i < expected.width() * expected.height() * channels; i++) {
      int alpha = i - i % channels + channels - 1;
      boolean hidden = expected.channels().hasAlpha() && expected.sample(alpha) == 0;
      if (!hidden || i == alpha) {
        assertThat(actual.sample(i))
            .as("sample %d", i)
            .isBetween(expected.sample(i) - tolerance, expected.sample(i) + tolerance);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb8", "rgba8", "rgb16", "rgba16"})
  void plainPicturesHoldTheGradientsTheyWereMadeFrom(String name) throws IOException {
    Picture picture = Images.read(file("expected/" + name + ".png"));
    assertThat(picture.bits()).isEqualTo(name.endsWith("16") ? 16 : 8);
    assertThat(picture.channels())
        .isEqualTo(name.startsWith("rgba") ? Channels.RGB_ALPHA : Channels.RGB);
    for (int y = 0; y < 19; y++) {
      for (int x = 0; x < 27; x++) {
        int most = picture.maximum();
        assertThat(picture.sample(x, y, 1)).isEqualTo((int) Math.rint(x / 26.0 * most));
        assertThat(picture.sample(x, y, 2)).isEqualTo((int) Math.rint(y / 18.0 * most));
      }
    }
  }

  @ParameterizedTest
  @CsvFileSource(resources = "pictures.csv", numLinesToSkip = 1)
  void theHeaderIsKnownWithoutDecoding(String name) throws IOException {
    Picture picture = Images.read(file(name));
    Header header = Images.probe(file(name));
    assertThat(header.width()).isEqualTo(picture.width());
    assertThat(header.height()).isEqualTo(picture.height());
    assertThat(header.format().endings()).contains(name.substring(name.lastIndexOf('.') + 1));
  }

  @Test
  void aStreamReadsLikeAFile() throws IOException {
    try (InputStream in = ReadingTest.class.getResourceAsStream("notes.jpg")) {
      Picture streamed = Images.read(in, "upload", Limits.standard());
      TestPictures.assertSame(streamed, Images.read(file("notes.jpg")));
    }
  }
}
