package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureGridTest {
  private static PictureGrid.Cell cell(int gray) {
    byte[] samples = new byte[96 * 96];
    Arrays.fill(samples, (byte) gray);
    return PictureGrid.Cell.of(
        Picture.of8Bit(96, 96, Picture.Channels.GRAY, samples, Metadata.NONE),
        List.of("PSNR 30.00"));
  }

  private static PictureGrid.Panel panel(int columns) {
    List<PictureGrid.Cell> cells = Collections.nCopies(columns, cell(100));
    List<String> heads = Collections.nCopies(columns, "head");
    return new PictureGrid.Panel(
        heads, List.of(new PictureGrid.Row("above", cells), new PictureGrid.Row("below", cells)));
  }

  private static long pixels(Picture picture, int gray) {
    long count = 0;
    for (int i = 0; i < picture.width() * picture.height(); i++) {
      if (picture.sample(3 * i) == gray
          && picture.sample(3 * i + 1) == gray
          && picture.sample(3 * i + 2) == gray) {
        count++;
      }
    }
    return count;
  }

  @Test
  void everyPictureIsThereTwiceAsLarge() throws IOException {
    Picture figure = new PictureGrid().draw(List.of(panel(3)), List.of());
    assertThat(pixels(figure, 100)).isGreaterThanOrEqualTo(6 * 192 * 192);
    assertThat(figure.width()).isBetween(3 * 192, 3 * 192 + 100);
    assertThat(figure.height()).isBetween(2 * 192, 2 * 192 + 200);
  }

  @Test
  void aColumnMoreMakesItAColumnWiderAndAPanelMoreHigher() throws IOException {
    PictureGrid grid = new PictureGrid();
    Picture small = grid.draw(List.of(panel(2)), List.of());
    assertThat(grid.draw(List.of(panel(3)), List.of()).width() - small.width()).isBetween(192, 210);
    assertThat(grid.draw(List.of(panel(2), panel(2)), List.of()).height())
        .isGreaterThan(small.height() + 2 * 192);
  }

  @Test
  void longNotesAreBrokenIntoLines() throws IOException {
    PictureGrid grid = new PictureGrid();
    Picture bare = grid.draw(List.of(panel(2)), List.of());
    Picture noted = grid.draw(List.of(panel(2)), List.of("word ".repeat(200)));
    assertThat(noted.width()).isEqualTo(bare.width());
    assertThat(noted.height()).isGreaterThan(bare.height() + 100);
  }

  @Test
  void aMarkedPictureIsShrunkIntoItsCell() throws IOException {
    Picture large =
        Picture.of8Bit(800, 400, Picture.Channels.RGB, new byte[800 * 400 * 3], Metadata.NONE);
    PictureGrid.Panel panel =
        new PictureGrid.Panel(
            List.of("", "head"),
            List.of(
                new PictureGrid.Row(
                    "above",
                    List.of(
                        PictureGrid.Cell.marked(large, new Region(0, 0, 96, 96), "whole.png"),
                        cell(100)))));
    Picture figure = new PictureGrid().draw(List.of(panel), List.of());
    assertThat(pixels(figure, 0)).isBetween(15_000L, 192L * 96);
  }

  @Test
  void rowsOfDifferentLengthsAreRefused() {
    assertThatThrownBy(
            () ->
                new PictureGrid.Panel(
                    List.of("a", "b"), List.of(new PictureGrid.Row("r", List.of(cell(1))))))
        .hasMessageContaining("1 pictures, the panel 2 columns");
  }
}
