package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {
  @TempDir Path folder;

  /**
   * No colours behind it, but a header that says what it is for; long enough for three segments.
   */
  private static byte[] profile(String space) {
    byte[] profile = new byte[150_000];
    new Random(5).nextBytes(profile);
    System.arraycopy(space.getBytes(StandardCharsets.ISO_8859_1), 0, profile, 16, 4);
    System.arraycopy("acsp".getBytes(StandardCharsets.ISO_8859_1), 0, profile, 36, 4);
    return profile;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "tiff"})
  void profileAndResolutionAreKept(String ending) throws IOException {
    for (Channels channels : new Channels[] {Channels.GRAY, Channels.RGB}) {
      byte[] profile = profile(channels == Channels.GRAY ? "GRAY" : "RGB ");
      Picture picture =
          TestPictures.noisy(9, 7, channels, 8).withMetadata(new Metadata(profile, 300));
      Path file = folder.resolve(channels + "." + ending);
      Images.write(picture, file, false);
      Metadata back = Images.read(file).metadata();
      assertThat(back.iccProfile()).isEqualTo(profile);
      assertThat(back.dotsPerInch()).isEqualTo(300);
    }
  }

  @Test
  void aProfileForOtherSamplesIsNotWritten() throws IOException {
    Metadata metadata = new Metadata(profile("CMYK"), 0);
    Picture picture = TestPictures.noisy(9, 7, Channels.RGB, 8).withMetadata(metadata);
    for (String ending : Images.writableEndings()) {
      Path file = folder.resolve("picture." + ending);
      Images.write(picture, file, false);
      assertThat(Images.read(file).metadata().profile()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "bmp"})
  void transparencyIsRefusedWhereItWouldBeLost(String ending) {
    Path file = folder.resolve("picture." + ending);
    Picture picture = TestPictures.noisy(4, 4, Channels.RGB_ALPHA, 8);
    assertThatThrownBy(() -> Images.write(picture, file, false))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "cannot write %s: %s cannot hold transparency; write a PNG or a TIFF",
            file, ending.equals("jpg") ? "JPEG" : "BMP");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "bmp"})
  void sixteenBitsBecomeEightWhereThereAreNoMore(String ending) throws IOException {
    Path file = folder.resolve("picture." + ending);
    short[] samples = new short[64];
    Arrays.fill(samples, (short) (200 * 257 + 100));
    Images.write(Picture.of16Bit(8, 8, Channels.GRAY, samples, Metadata.NONE), file, false);
    assertThat(Images.read(file).bytes()).containsOnly(200);
  }

  @Test
  void aFileThatIsThereIsKeptUnlessToBeReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("kept.png"), "old");
    Picture picture = TestPictures.noisy(4, 4, Channels.RGB, 8);
    assertThatThrownBy(() -> Images.write(picture, file, false))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "cannot write %s: it exists already; remove it or ask for it to be replaced", file);
    assertThat(file).hasContent("old");
    Images.write(picture, file, true);
    TestPictures.assertSame(Images.read(file), picture);
    assertThat(folder.toFile().list()).containsExactly("kept.png");
  }

  @Test
  void anUnknownEndingNamesTheKnownOnes() {
    Picture picture = TestPictures.noisy(4, 4, Channels.RGB, 8);
    for (String name : new String[] {"picture.webp", "picture", "picture.png.txt"}) {
      Path file = folder.resolve(name);
      assertThatThrownBy(() -> Images.write(picture, file, false))
          .isInstanceOf(PictureException.class)
          .hasMessage(
              "cannot write %s: its name says no format that is written; end it in .png, .jpg,"
                  + " .jpeg, .tif, .tiff, .bmp",
              file);
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    Path file = folder.resolve("not here").resolve("picture.png");
    Picture picture = TestPictures.noisy(4, 4, Channels.RGB, 8);
    assertThatThrownBy(() -> Images.write(picture, file, false))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "cannot write %s: the folder %s does not exist",
            file, file.toAbsolutePath().getParent());
  }

  @Test
  void pictureFilesAreToldByTheirEndingInEitherCase() {
    assertThat(Images.isPicture(Path.of("photo.JPG"))).isTrue();
    assertThat(Images.isPicture(Path.of("photo.webp"))).isTrue();
    assertThat(Images.isPicture(Path.of("LICENSE"))).isFalse();
    assertThat(Images.isPicture(Path.of("png"))).isFalse();
    assertThat(Images.readableEndings()).contains("png", "jpg", "jpeg", "tif", "webp", "gif");
  }
}
