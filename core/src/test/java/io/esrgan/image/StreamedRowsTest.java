package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.esrgan.file.UnfinishedFile;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong between the first row and the last, and pictures larger than memory. */
class StreamedRowsTest {
  private static final Picture NOISE = TestPictures.noisy(100, 1000, Channels.RGB, 8);
  private static final Picture ROWS = TestPictures.noisy(100, 10, Channels.RGB, 8);

  @TempDir Path folder;
  private Path large;

  @BeforeEach
  void makeFolder() throws IOException {
    large = Files.createDirectory(folder.resolve("large"));
  }

  private Path write(String name, int pieces) throws IOException {
    Path file = folder.resolve(name);
    try (RowWriter writer = create(file, pieces, false)) {
      for (int i = 0; i < pieces; i++) {
        writer.write(NOISE.crop(0, 10 * i, 100, 10));
      }
      writer.commit();
    }
    return file;
  }

  private static RowWriter create(Path file, int pieces, boolean overwrite) throws IOException {
    return Images.createRows(
        file, ROWS.width(), pieces * ROWS.height(), Channels.RGB, 8, Metadata.NONE, overwrite);
  }

  /** How many rows came before it failed; nothing is left of what they were written into. */
  private int rowsBeforeFailure(Path damaged, String message) throws IOException {
    int rows = 0;
    try (RowReader reader = Images.openRows(damaged);
        RowWriter writer =
            Images.createRows(
                large.resolve("copy.png"),
                reader.width(),
                reader.height(),
                reader.channels(),
                reader.bits(),
                reader.metadata(),
                false)) {
      while (true) {
        writer.write(reader.next(10));
        rows += 10;
      }
    } catch (PictureException e) {
      assertThat(e)
          .hasMessageStartingWith("cannot read " + damaged + ": ")
          .hasMessageContaining(message);
      assertThat(e.getMessage()).doesNotContain("\n");
    }
    assertThat(large).isEmptyDirectory();
    return rows;
  }

  @Test
  void aDamagedPngFailsAtTheRowWhereItShows() throws IOException {
    Path file = write("picture.png", 100);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length * 3 / 4] ^= 1;
    Files.write(file, bytes);
    assertThat(rowsBeforeFailure(file, "the file is damaged (")).isBetween(430, 880);
  }

  @Test
  void aFileThatBecomesAnotherPictureIsNotOpenedAgain() throws IOException {
    Path file = write("picture.png", 3);
    try (RowReader reader = Images.openRows(file)) {
      Images.write(ROWS, file, true);
      assertThatThrownBy(reader::again)
          .isInstanceOf(PictureException.class)
          .hasMessageStartingWith("cannot read " + file + ": it was changed while it was read");
    }
  }

  @Test
  void aDamagedTiffFailsAtTheRowWhereItShows() throws IOException {
    Path file = write("picture.tif", 100);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 2000, (byte) 0);
    Files.write(file, bytes);
    assertThat(rowsBeforeFailure(file, "the file is damaged (its pixel data, in row "))
        .isBetween(430, 650);
  }

  @Test
  void aTiffThatEndsTooEarlyFailsAtTheRowWhereItShows() throws IOException {
    Path file = folder.resolve("raw.tif");
    byte[] bytes = Files.readAllBytes(ReadingTest.file("raw.tif"));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(rowsBeforeFailure(file, "the file is cut off before its end")).isEqualTo(0);
    try (RowReader reader = Images.openRows(file)) {
      for (int y = 0; y < 8; y++) {
        reader.next(1);
      }
      assertThatThrownBy(() -> reader.next(11))
          .hasMessageContaining("the file is cut off before its end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tif", "bmp", "jpg"})
  void aFileThatIsNotCommittedLeavesNothingBehind(String ending) throws IOException {
    Path file = Files.writeString(large.resolve("kept." + ending), "old");
    try (RowWriter writer = create(file, 3, true)) {
      writer.write(ROWS);
      writer.write(ROWS);
      assertThatThrownBy(writer::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("10 of 30 rows of %s are missing", file);
    }
    assertThat(file).hasContent("old");
    assertThat(large.toFile().list()).containsExactly("kept." + ending);
  }

  @Test
  void rowsThatWereNotAnnouncedAreRefused() throws IOException {
    Path file = large.resolve("picture.png");
    try (RowWriter writer = create(file, 1, false)) {
      for (Picture other :
          new Picture[] {
            TestPictures.noisy(99, 10, Channels.RGB, 8),
            TestPictures.noisy(100, 10, Channels.RGB_ALPHA, 8),
            TestPictures.noisy(100, 10, Channels.RGB, 16),
            TestPictures.noisy(100, 11, Channels.RGB, 8)
          }) {
        assertThatThrownBy(() -> writer.write(other))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(file + " was announced with ");
      }
      writer.write(ROWS);
      writer.commit();
    }
    TestPictures.assertSame(Images.read(file), ROWS);
  }

  @Test
  void aFileThatIsThereIsKeptUnlessToBeReplaced() throws IOException {
    Path file = Files.writeString(large.resolve("kept.png"), "old");
    assertThatThrownBy(() -> create(file, 1, false))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "cannot write %s: it exists already; remove it or ask for it to be replaced", file);
    assertThat(file).hasContent("old");
  }

  @Test
  void aJpegThatDoesNotFitIsRefusedBeforeItsRowsAreComputed() {
    Path file = large.resolve("picture.jpg");
    assertThatThrownBy(
            () -> Images.createRows(file, 80_000, 12_000, Channels.RGB, 8, Metadata.NONE, false))
        .isInstanceOf(PictureException.class)
        .hasMessage(
            "cannot write %s: a JPEG has at most 65500 pixels a side, this picture is"
                + " 80000 x 12000; write a PNG or a TIFF",
            file);
    assertThat(
            catchThrowable(
                () ->
                    Images.createRows(file, 65_500, 65_500, Channels.RGB, 8, Metadata.NONE, false)))
        .isInstanceOf(PictureException.class)
        .hasMessageStartingWith("cannot write " + file + ": the picture ");
    assertThat(large).isEmptyDirectory();
  }

  /** Of one colour, so that the file is small: 2.4 billion samples, more than an array holds. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(strings = {"png", "tif"})
  void aPictureMayHaveMoreSamplesThanAnArray(String ending) throws IOException {
    int width = 40_000;
    int height = 20_000;
    Path file = folder.resolve("large." + ending);
    Picture rows = flat(width, 500);
    try (RowWriter writer =
        Images.createRows(file, width, height, Channels.RGB, 8, Metadata.NONE, false)) {
      for (int y = 0; y < height; y += 500) {
        writer.write(rows);
      }
      writer.commit();
    }
    Header header = Images.probe(file);
    assertThat(header.width()).isEqualTo(width);
    assertThat(header.height()).isEqualTo(height);
    try (RowReader reader = Images.openRows(file)) {
      for (int y = 0; y < height; y += 500) {
        assertThat(Arrays.equals(reader.next(500).bytes(), rows.bytes())).isTrue();
      }
    }
    assertThatThrownBy(() -> Images.read(file))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("the limit is 268,435,456");
  }

  private static Picture flat(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    Arrays.fill(samples, (byte) 77);
    return Picture.of8Bit(width, height, Channels.RGB, samples, Metadata.NONE);
  }

  @Test
  void aTiffBeyondItsLimitBecomesABigTiff() throws IOException {
    for (Channels channels : Channels.values()) {
      Picture picture =
          TestPictures.noisy(300, 200, channels, 16).withMetadata(new Metadata(null, 150));
      Path file = folder.resolve(channels + ".tif");
      try (UnfinishedFile unfinished = UnfinishedFile.open(file, false)) {
        TiffEncoder encoder = new TiffEncoder(Shape.of(picture), unfinished, 50_000);
        encoder.write(picture);
        encoder.finish();
        unfinished.commit();
      }
      assertThat(Arrays.copyOf(Files.readAllBytes(file), 4)).containsExactly('M', 'M', 0, 43);
      Picture back = Images.read(file);
      TestPictures.assertSame(back, picture);
      assertThat(back.metadata().dotsPerInch()).isEqualTo(150);
    }
  }

  /** Runs in a JVM of its own: says when half the rows are written, and never finishes. */
  static final class Writer {
    public static void main(String[] arguments) throws Exception {
      RowWriter writer = create(Path.of(arguments[0]), 2000, true);
      for (int i = 0; i < 1000; i++) {
        writer.write(ROWS);
      }
      System.out.write('\n');
      System.out.flush();
      Thread.sleep(60_000);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes cannot be asked to end there")
  void ctrlCLeavesTheOldFileAndNothingBeside() throws IOException, InterruptedException {
    Path target = Files.writeString(large.resolve("kept.png"), "old");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                target.toString())
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('\n');
    assertThat(large.toFile().list()).hasSize(2);
    process.destroy();
    process.waitFor();
    assertThat(target).hasContent("old");
    assertThat(large.toFile().list()).containsExactly("kept.png");
  }
}
