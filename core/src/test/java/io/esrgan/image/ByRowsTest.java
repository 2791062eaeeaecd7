package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** By rows, a picture is read and written as it is at once. */
class ByRowsTest {
  private Path folder;

  @BeforeProperty
  void makeFolder() throws IOException {
    folder = Files.createTempDirectory("rows");
  }

  @AfterProperty
  void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }

  enum Kind {
    PNG,
    TIF,
    BMP,
    JPG
  }

  @Property(tries = 400)
  void writtenInPiecesAFileIsTheSame(
      @ForAll Kind kind,
      @ForAll Channels channels,
      @ForAll boolean deep,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 90) int piece)
      throws IOException {
    Channels kept = kind == Kind.BMP || kind == Kind.JPG ? opaque(channels) : channels;
    Picture picture = picture(width, height, kept, deep ? 16 : 8);
    Path whole = folder.resolve("whole." + kind);
    Path pieces = folder.resolve("pieces." + kind);
    Images.write(picture, whole, true);
    try (RowWriter writer =
        Images.createRows(pieces, width, height, kept, picture.bits(), picture.metadata(), true)) {
      for (int y = 0; y < height; y += piece) {
        writer.write(picture.crop(0, y, width, Math.min(piece, height - y)));
      }
      writer.commit();
    }
    assertThat(pieces).hasSameBinaryContentAs(whole);
  }

  @Property(tries = 400)
  void readInPiecesAPictureIsTheSame(
      @ForAll Kind kind,
      @ForAll Channels channels,
      @ForAll boolean deep,
      @ForAll @IntRange(min = 1, max = 90) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 90) int piece)
      throws IOException {
    Channels kept = kind == Kind.BMP || kind == Kind.JPG ? opaque(channels) : channels;
    Path file = folder.resolve("picture." + kind);
    Images.write(picture(width, height, kept, deep ? 16 : 8), file, true);
    assertSameByRows(file, piece);
  }

  private static Channels opaque(Channels channels) {
    return channels.colours() == 1 ? Channels.GRAY : Channels.RGB;
  }

  private static Picture picture(int width, int height, Channels channels, int bits) {
    return TestPictures.noisy(width, height, channels, bits).withMetadata(new Metadata(null, 300));
  }

  static void assertSameByRows(Path file, int piece) throws IOException {
    Picture whole = Images.read(file);
    try (RowReader reader = Images.openRows(file)) {
      assertThat(List.of(reader.width(), reader.height(), reader.channels(), reader.bits()))
          .isEqualTo(List.of(whole.width(), whole.height(), whole.channels(), whole.bits()));
      assertThat(reader.metadata().dotsPerInch()).isEqualTo(whole.metadata().dotsPerInch());
      assertThat(reader.metadata().iccProfile()).isEqualTo(whole.metadata().iccProfile());
      for (int y = 0; y < whole.height(); y += piece) {
        Picture rows = reader.next(piece);
        int height = Math.min(piece, whole.height() - y);
        TestPictures.assertSame(rows, whole.crop(0, y, whole.width(), height));
      }
      assertThatThrownBy(() -> reader.next(1)).isInstanceOf(IllegalStateException.class);
      try (RowReader again = reader.again()) {
        TestPictures.assertSame(again.next(whole.height()), whole);
      }
    }
  }

  @Property(tries = 1)
  void everyKindOfFileIsReadInPieces() throws IOException {
    List<Path> files = new ArrayList<>();
    try (var all = Files.list(ReadingTest.file("rgb8.png").getParent())) {
      all.filter(Images::isPicture).sorted().forEach(files::add);
    }
    assertThat(files).hasSizeGreaterThan(80);
    for (Path file : files) {
      for (int piece : new int[] {1, 3, 7, 100}) {
        assertSameByRows(file, piece);
      }
    }
  }
}
