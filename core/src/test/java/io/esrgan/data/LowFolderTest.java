package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.esrgan.data.PictureFolder.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LowFolderTest {
  @TempDir Path folder;
  private Path high;
  private Path low;

  @BeforeEach
  void twoFolders() throws IOException {
    high = Files.createDirectory(folder.resolve("HR"));
    low = Files.createDirectory(folder.resolve("LR"));
  }

  @Test
  void thePartnerHasTheSameNameOrDiv2ksWithAnyEnding() throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png", "in/d.e.png")) {
      MarkedPictures.write(high.resolve(name), 40, 48, 0);
    }
    for (String name : List.of("a.png", "bx4.png", "c_x4.jpg", "in/d.e.bmp", "ax4.png", "z.png")) {
      MarkedPictures.write(low.resolve(name), 10, 12, 0);
    }
    assertThat(open().sources())
        .extracting(source -> low.relativize(source.low().orElseThrow()).toString())
        .containsExactly("a.png", "bx4.png", "c_x4.jpg", Path.of("in", "d.e.bmp").toString());
    assertThat(open()).hasToString("4 pairs of pictures, 0.0 megapixels");
  }

  @Test
  void ofSeveralEndingsTheSameIsChosenAndElseNone() throws IOException {
    MarkedPictures.write(high.resolve("a.png"), 40, 48, 0);
    MarkedPictures.write(low.resolve("a.bmp"), 10, 12, 0);
    MarkedPictures.write(low.resolve("a.png"), 10, 12, 0);
    assertThat(open().sources().get(0).low()).contains(low.resolve("a.png"));
    Files.move(low.resolve("a.png"), low.resolve("a.tif"));
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "both %s and %s could be the low resolution of a.png: take one away",
            low.resolve("a.bmp"), low.resolve("a.tif"));
  }

  @Test
  void aPictureIsNoPartnerOfTwo() throws IOException {
    MarkedPictures.write(high.resolve("a.bmp"), 40, 48, 0);
    MarkedPictures.write(high.resolve("a.png"), 40, 48, 0);
    MarkedPictures.write(low.resolve("a.png"), 10, 12, 0);
    assertThatThrownBy(this::open)
        .hasMessageStartingWith("1 of 2 pictures in " + high + " have no low resolution in " + low);
  }

  @Test
  void everyFolderHasItsOwnPartners() throws IOException {
    for (String name : List.of("1", "2")) {
      MarkedPictures.write(high.resolve(name).resolve("a.png"), 40, 48, 0);
      MarkedPictures.write(low.resolve(name).resolve("a.png"), 10, 12, 0);
    }
    List<Path> highs = List.of(high.resolve("2"), high.resolve("1"));
    List<Path> lows = List.of(low.resolve("2"), low.resolve("1"));
    assertThat(PictureFolder.openPairs(highs, lows, 4, 32).sources())
        .extracting(source -> source.low().orElseThrow())
        .containsExactly(low.resolve("2").resolve("a.png"), low.resolve("1").resolve("a.png"));
    assertThatThrownBy(() -> PictureFolder.openPairs(highs, List.of(low), 4, 32))
        .hasMessage("2 folders of pictures, but 1 of their low resolution");
  }

  @Test
  void missingPartnersAreCountedAndTheFirstNamed() throws IOException {
    for (int i = 0; i < 8; i++) {
      MarkedPictures.write(high.resolve(i + ".png"), 40, 48, 0);
    }
    MarkedPictures.write(low.resolve("0.png"), 10, 12, 0);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "7 of 8 pictures in %s have no low resolution in %s: 1.png, 2.png, 3.png, 4.png, 5.png"
                + " and 2 more; it should be called 1, or 1x4, or 1_x4, with the ending of any"
                + " picture",
            high, low);
  }

  @Test
  void theHighResolutionMayHaveALittleMoreThanTheLowCovers() throws IOException {
    MarkedPictures.write(high.resolve("a.png"), 43, 51, 0);
    MarkedPictures.write(low.resolve("a.png"), 10, 12, 0);
    assertThat(open().sources())
        .extracting(Source::width, Source::height)
        .containsExactly(tuple(43, 51));
  }

  @Test
  void aSizeThatDoesNotFitIsAnErrorWithBothNamesAndSizes() throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png")) {
      MarkedPictures.write(high.resolve(name), 44, 48, 0);
      MarkedPictures.write(low.resolve(name), name.equals("a.png") ? 11 : 10, 12, 0);
    }
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s has 10x12 pixels, but %s has 44x48, which at scale 4 make 11x12 (2 of 3 pairs do"
                + " not fit)",
            low.resolve("b.png"), high.resolve("b.png"));
  }

  @Test
  void theSameFolderTwiceOrOneInTheOtherIsRefused() throws IOException {
    MarkedPictures.write(high.resolve("a.png"), 40, 48, 0);
    MarkedPictures.write(high.resolve("small").resolve("a.png"), 10, 12, 0);
    assertThatThrownBy(() -> open(high, high.resolve("..").resolve("HR")))
        .isInstanceOf(IOException.class)
        .hasMessage("%s is given for both the high and the low resolution: name two folders", high);
    Path small = high.resolve("small");
    assertThatThrownBy(() -> open(high, small))
        .hasMessage(
            "one of %s and %s lies within the other: high and low resolution need folders apart",
            high, small);
  }

  @Test
  void swappedFoldersAreToldBySizeAndByName() throws IOException {
    MarkedPictures.write(high.resolve("a.png"), 43, 48, 0);
    MarkedPictures.write(low.resolve("a.png"), 10, 12, 0);
    assertThatThrownBy(() -> open(low, high))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s is 4 times as large as %s: high and low resolution are swapped (1 of 1 pairs do"
                + " not fit)",
            high.resolve("a.png"), low.resolve("a.png"));
    Files.move(low.resolve("a.png"), low.resolve("ax4.png"));
    assertThatThrownBy(() -> open(low, high))
        .hasMessage(
            "1 of 1 pictures in %s have no low resolution in %s: ax4.png; high and low resolution"
                + " seem to be swapped",
            low, high);
  }

  @Test
  void aPairWithABrokenHalfIsLeftOutAndSoIsASmallOne() throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png", "d.png")) {
      int width = name.equals("d.png") ? 28 : 40;
      MarkedPictures.write(high.resolve(name), width, 48, 0);
      MarkedPictures.write(low.resolve(name), width / 4, 12, 0);
    }
    Files.writeString(high.resolve("a.png"), "no picture");
    Files.writeString(low.resolve("b.png"), "no picture");
    assertThat(open().sources()).extracting(Source::path).containsExactly(high.resolve("c.png"));
    Files.writeString(low.resolve("c.png"), "no picture");
    Files.writeString(low.resolve("d.png"), "no picture");
    assertThatThrownBy(this::open).hasMessage("none of the 3 pictures in %s can be read", low);
  }

  @Test
  void aMissingOrEmptyFolderOfLowResolutionIsNamed() throws IOException {
    MarkedPictures.write(high.resolve("a.png"), 40, 48, 0);
    assertThatThrownBy(this::open).hasMessage("there is no picture in %s", low);
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> open(high, nowhere))
        .hasMessage("the folder %s does not exist", nowhere);
  }

  private PictureFolder open() throws IOException {
    return open(high, low);
  }

  private static PictureFolder open(Path highFolder, Path lowFolder) throws IOException {
    return PictureFolder.openPairs(List.of(highFolder), List.of(lowFolder), 4, 32);
  }
}
