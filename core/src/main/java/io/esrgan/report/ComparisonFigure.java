package io.esrgan.report;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;

/**
 * One picture as several methods made it (Wang et al. 2018, figure 7): the whole original with a
 * frame at the left, what is within the frame at the right, by each method, its name and a few
 * words beneath. Pixels of the crops are pixels of the figure.
 */
public final class ComparisonFigure {
  private static final int ONE_ROW = 4; // crops; more stand in two rows
  private static final int LONGEST = 192; // pixels that a name may take where its crop is narrower
  private static final int GAP = 10;
  private static final int MARGIN = 16;

  private final Lettering lettering;

  /**
   * Looks for the fonts.
   *
   * @throws IOException if Java can draw no text on this machine
   */
  public ComparisonFigure() throws IOException {
    lettering = new Lettering();
  }

  /**
   * What one method made of the crop.
   *
   * @param caption the lines below its name
   */
  public record Crop(String name, Picture picture, List<String> caption) {
    public Crop {
      caption = List.copyOf(caption);
    }
  }

  /**
   * Draws the figure.
   *
   * @param name what stands below the whole picture
   * @param crops all of the mark's size; at least one
   * @param notes the lines below the figure, broken where they are too long
   */
  public Picture draw(
      String name, Picture original, Region mark, List<Crop> crops, List<String> notes) {
    int rows = crops.size() > ONE_ROW ? 2 : 1;
    int columns = (crops.size() + rows - 1) / rows;
    int names = crops.stream().mapToInt(crop -> lettering.headWidth(crop.name())).max().orElse(0);
    int column = Math.max(mark.width(), Math.min(LONGEST, names));
    int line = lettering.line();
    int lines = 1 + crops.stream().mapToInt(crop -> crop.caption().size()).max().orElse(0);
    int row = mark.height() + lines * line + GAP;
    int body = rows * row;
    double scale = Math.min(1, (body - line - GAP) / (double) original.height());
    scale = Math.min(scale, 2.0 * body / original.width());
    Picture whole = scale < 1 ? Bicubic.resize(original, scale) : original;
    int right = MARGIN + whole.width() + 2 * GAP;
    int width = right + columns * (column + GAP) - GAP + MARGIN;
    List<String> foot =
        notes.stream()
            .flatMap(note -> lettering.broken(note, width - 2 * MARGIN).stream())
            .toList();
    BufferedImage image =
        new BufferedImage(
            width, 2 * MARGIN + body + foot.size() * line, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = Lettering.blank(image);
    Lettering.marked(g, whole, MARGIN, MARGIN, mark, scale);
    lettering.caption(g, List.of(name), MARGIN, whole.width(), MARGIN + whole.height() + GAP / 2);
    for (int i = 0; i < crops.size(); i++) {
      int left = right + i % columns * (column + GAP);
      draw(g, crops.get(i), left, MARGIN + i / columns * row, column);
    }
    lettering.lines(g, foot, MARGIN, MARGIN + body);
    g.dispose();
    return Rasters.picture(image);
  }

  private void draw(Graphics2D g, Crop crop, int left, int top, int width) {
    Picture picture = crop.picture();
    g.drawImage(Rasters.image(picture), left + (width - picture.width()) / 2, top, null);
    int y = top + picture.height() + GAP / 2;
    lettering.head(g);
    Lettering.centred(
        g, Lettering.shortened(crop.name(), width, g.getFontMetrics()), left, width, y);
    lettering.caption(g, crop.caption(), left, width, y + lettering.line());
  }
}
