package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class DatasetTest {
  @TempDir Path folder;

  public static Picture noisy(int width, int height) {
    byte[] samples = new byte[width * height * 3];
    new Random(width).nextBytes(samples);
    return Picture.of8Bit(width, height, Channels.RGB, samples, Metadata.NONE);
  }

  private Path write(String name, int width, int height) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Images.write(noisy(width, height), file, true);
    return file;
  }

  @Test
  void pairsAreReadByName() throws IOException {
    write("HR/b.png", 22, 17);
    write("HR/a.png", 16, 16);
    write("LRx4/a.png", 4, 4);
    write("LRx4/b.png", 5, 4);
    Files.writeString(folder.resolve("HR/LICENSE"), "not a picture");
    Dataset set = Dataset.open(folder, 4);
    assertThat(set.name()).isEqualTo(folder.getFileName().toString());
    assertThat(set.size()).isEqualTo(2);
    assertThat(set.lowSource()).isEqualTo("files of LRx4");
    assertThat(set.read(0).name()).isEqualTo("a.png");
    TestPair cropped = set.read(1);
    assertThat(cropped.high().toString()).startsWith("20x16");
    assertThat(cropped.low().bytes()).isEqualTo(noisy(5, 4).bytes());
  }

  @Test
  void lowResolutionIsMadeWhereItIsNotGiven() throws IOException {
    write("a.png", 19, 16);
    Dataset set = Dataset.open(folder, 3);
    assertThat(set.lowSource()).startsWith("HR shrunk by bicubic");
    TestPair pair = set.read(0);
    assertThat(pair.high().toString()).startsWith("18x15");
    assertThat(pair.low().bytes()).isEqualTo(Bicubic.shrink(pair.high(), 3).bytes());
  }

  @Test
  void anotherScaleThanTheGivenOneIsMadeFromHighResolution() throws IOException {
    write("HR/a.png", 16, 16);
    write("LRx4/a.png", 4, 4);
    assertThat(Dataset.open(folder, 2).read(0).low().toString()).startsWith("8x8");
  }

  @Test
  void aMissingPartnerIsNamed() throws IOException {
    Path high = write("HR/a.png", 16, 16);
    write("HR/b.png", 16, 16);
    write("LRx4/b.png", 4, 4);
    assertThatThrownBy(() -> Dataset.open(folder, 4))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s has no partner in %s; both folders need the same names",
            high, folder.resolve("LRx4"));
    Files.delete(high);
    Path low = write("LRx4/c.png", 4, 4);
    assertThatThrownBy(() -> Dataset.open(folder, 4))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s has no partner in %s; both folders need the same names", low, folder.resolve("HR"));
  }

  @Test
  void sizesThatDoNotFitAreNamed() throws IOException {
    write("HR/a.png", 18, 16);
    Path low = write("LRx4/a.png", 5, 4);
    assertThatThrownBy(() -> Dataset.open(folder, 4))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "%s has 5x4 pixels, but 18x16 at scale 4 make 4x4; make it again from its partner",
            low);
  }

  @Test
  void aFolderWithoutPicturesIsRefused() {
    assertThatThrownBy(() -> Dataset.open(folder, 4))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "there are no pictures in %s; put pictures there or in its subfolder HR", folder);
    assertThatThrownBy(() -> Dataset.open(folder.resolve("none"), 4))
        .isInstanceOf(DatasetException.class)
        .hasMessage("there is no test set %s; name a folder of pictures", folder.resolve("none"));
  }
}
