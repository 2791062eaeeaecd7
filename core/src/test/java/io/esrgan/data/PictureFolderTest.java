package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir Path folder;

  @Test
  void picturesComeFolderByFolderAndThenByPathWhateverTheLocale() throws IOException {
    for (String name :
        List.of("b/z.png", "b/ä.png", "b/Z.png", "b/i/1.png", "b/i.png", "a/2.png")) {
      MarkedPictures.write(folder.resolve(name), 8, 8, 0);
    }
    Files.writeString(folder.resolve("b/notes.txt"), "not a picture");
    MarkedPictures.write(folder.resolve("b/.hidden/x.png"), 8, 8, 0);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      List<Path> found = PictureFolder.list(List.of(folder.resolve("b"), folder.resolve("a")));
      assertThat(found)
          .map(path -> folder.relativize(path).toString().replace('\\', '/'))
          .containsExactly("b/Z.png", "b/i/1.png", "b/i.png", "b/z.png", "b/ä.png", "a/2.png");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void someOfThePicturesAreSpreadOverAll() throws IOException {
    for (int i = 0; i < 7; i++) {
      MarkedPictures.write(folder.resolve(i + ".png"), 8, 8, 0);
    }
    PictureFolder all = PictureFolder.open(List.of(folder), 8);
    assertThat(all.some(0)).isSameAs(all);
    assertThat(all.some(3).sources())
        .extracting(source -> source.path().getFileName().toString())
        .containsExactly("0.png", "2.png", "4.png");
    assertThatThrownBy(() -> all.some(8))
        .isInstanceOf(IOException.class)
        .hasMessage("8 pictures are wanted (data.pictures), but only 7 can be used");
  }

  @Test
  void linksAreFollowedButNotRoundAndRound() throws IOException {
    MarkedPictures.write(folder.resolve("a/1.png"), 8, 8, 0);
    MarkedPictures.write(folder.resolve("b/2.png"), 8, 8, 0);
    try {
      Files.createSymbolicLink(folder.resolve("a/loop"), folder.resolve("a"));
      Files.createSymbolicLink(folder.resolve("a/other"), folder.resolve("b"));
      Files.createSymbolicLink(folder.resolve("a/gone.png"), folder.resolve("nowhere.png"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeThat(e).as("links can be made here").isNull();
    }
    assertThat(PictureFolder.list(List.of(folder.resolve("a"))))
        .containsExactly(folder.resolve("a/1.png"), folder.resolve("a/other/2.png"));
  }

  @Test
  void aFolderWithinThatCannotBeReadIsLeftOut() throws IOException {
    MarkedPictures.write(folder.resolve("a.png"), 8, 8, 0);
    MarkedPictures.write(folder.resolve("shut/b.png"), 8, 8, 0);
    File shut = folder.resolve("shut").toFile();
    assumeThat(shut.setReadable(false) && !shut.canRead()).as("folders can be shut").isTrue();
    try {
      assertThat(PictureFolder.list(List.of(folder))).containsExactly(folder.resolve("a.png"));
    } finally {
      assertThat(shut.setReadable(true)).isTrue();
    }
  }

  @Test
  void aBrokenPictureAndASmallOneAreLeftOut() throws IOException {
    MarkedPictures.write(folder.resolve("good.png"), 40, 32, 0);
    MarkedPictures.write(folder.resolve("small.png"), 200, 31, 0);
    Files.writeString(folder.resolve("broken.png"), "no picture at all");
    PictureFolder pictures = PictureFolder.open(List.of(folder), 32);
    assertThat(pictures.sources())
        .containsExactly(
            new PictureFolder.Source(folder.resolve("good.png"), 40, 32, Optional.empty()));
    assertThat(pictures.pixels()).isEqualTo(1280);
    assertThat(pictures).hasToString("1 pictures, 0.0 megapixels");
  }

  @Test
  void aMissingFolderIsNamed() {
    Path missing = folder.resolve("nowhere");
    assertThatThrownBy(() -> PictureFolder.open(List.of(missing), 32))
        .isInstanceOf(IOException.class)
        .hasMessage("the folder %s does not exist", missing);
  }

  @Test
  void aFileInPlaceOfAFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("list.txt"), "");
    assertThatThrownBy(() -> PictureFolder.open(List.of(file), 32))
        .isInstanceOf(IOException.class)
        .hasMessage("%s is a file, but a folder of pictures is wanted", file);
  }

  @Test
  void aFolderWithoutPicturesIsNamed() {
    assertThatThrownBy(() -> PictureFolder.open(List.of(folder), 32))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no picture in %s", folder);
  }

  @Test
  void onlySmallPicturesAreAnErrorThatNamesTheBest() throws IOException {
    MarkedPictures.write(folder.resolve("a.png"), 200, 20, 0);
    MarkedPictures.write(folder.resolve("b.png"), 30, 25, 0);
    assertThatThrownBy(() -> PictureFolder.open(List.of(folder), 32))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no picture in %s has 32x32 pixels for a crop: the best of 2, b.png, has 30x25",
            folder);
  }

  @Test
  void onlyBrokenPicturesAreAnError() throws IOException {
    Files.writeString(folder.resolve("broken.png"), "no picture at all");
    assertThatThrownBy(() -> PictureFolder.open(List.of(folder), 32))
        .isInstanceOf(IOException.class)
        .hasMessage("none of the 1 pictures in %s can be read", folder);
  }
}
