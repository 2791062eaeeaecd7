package io.esrgan.report;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A figure as papers have them: pictures in rows and columns, a head over each column, a label
 * beside each row, and a few words under each picture. One panel stands below the other.
 *
 * <p>Small pictures are enlarged by whole factors, each pixel a square, so that what is seen is
 * what was measured; those that are too large are shrunk by bicubic. Colour profiles are not looked
 * at.
 */
public final class PictureGrid {
  private static final int CELL = 192; // pixels that a picture is enlarged to, about
  private static final int GAP = 6;
  private static final int MARGIN = 16;
  private static final int BETWEEN = 18; // panels

  private final Lettering lettering;
  private final int line;

  /**
   * Looks for the fonts.
   *
   * @throws IOException if Java can draw no text on this machine
   */
  public PictureGrid() throws IOException {
    lettering = new Lettering();
    line = lettering.line();
  }

  /**
   * One picture of a panel.
   *
   * @param mark what part of the picture a frame is drawn around, if any
   * @param caption the lines below it
   */
  public record Cell(Picture picture, Optional<Region> mark, List<String> caption) {
    public Cell {
      caption = List.copyOf(caption);
    }

    /** A picture with lines below it. */
    public static Cell of(Picture picture, List<String> caption) {
      return new Cell(picture, Optional.empty(), caption);
    }

    /** A picture with a frame around a part of it. */
    public static Cell marked(Picture picture, Region mark, String caption) {
      return new Cell(picture, Optional.of(mark), List.of(caption));
    }
  }

  /**
   * Pictures side by side.
   *
   * @param label stands beside them, upright
   */
  public record Row(String label, List<Cell> cells) {
    public Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * Rows of one length.
   *
   * @param heads what stands over each column
   */
  public record Panel(List<String> heads, List<Row> rows) {
    public Panel {
      heads = List.copyOf(heads);
      rows = List.copyOf(rows);
      for (Row row : rows) {
        if (row.cells().size() != heads.size()) {
          throw new IllegalArgumentException(
              "the row '%s' has %d pictures, the panel %d columns"
                  .formatted(row.label(), row.cells().size(), heads.size()));
        }
      }
    }

    /** Whole factor by which the smallest of the pictures, the unmarked, are enlarged. */
    private int factor() {
      return Math.max(1, CELL / Math.max(widest(), highest()));
    }

    private int cellWidth() {
      return factor() * widest();
    }

    private int cellHeight() {
      return factor() * highest();
    }

    private int widest() {
      return cells().mapToInt(cell -> cell.picture().width()).max().orElse(1);
    }

    private int highest() {
      return cells().mapToInt(cell -> cell.picture().height()).max().orElse(1);
    }

    private Stream<Cell> cells() {
      return rows.stream().flatMap(row -> row.cells().stream()).filter(c -> c.mark().isEmpty());
    }

    private int captionLines(Row row) {
      return row.cells().stream().mapToInt(cell -> cell.caption().size()).max().orElse(0);
    }
  }

  /**
   * Draws the panels and, below them, the notes, which are broken into lines where they are too
   * long.
   */
  public Picture draw(List<Panel> panels, List<String> notes) {
    int width = panels.stream().mapToInt(this::width).max().orElse(0) + 2 * MARGIN;
    List<String> foot =
        notes.stream()
            .flatMap(note -> lettering.broken(note, width - 2 * MARGIN).stream())
            .toList();
    int height =
        2 * MARGIN
            + panels.stream().mapToInt(panel -> height(panel) + BETWEEN).sum()
            + foot.size() * line;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = Lettering.blank(image);
    int y = MARGIN;
    for (Panel panel : panels) {
      draw(panel, g, y);
      y += height(panel) + BETWEEN;
    }
    lettering.lines(g, foot, MARGIN, y);
    g.dispose();
    return Rasters.picture(image);
  }

  private int width(Panel panel) {
    return labelWidth() + panel.heads().size() * (panel.cellWidth() + GAP) - GAP;
  }

  private int height(Panel panel) {
    return headHeight()
        + panel.rows().stream().mapToInt(row -> height(panel, row) + GAP).sum()
        - GAP;
  }

  private int height(Panel panel, Row row) {
    return panel.cellHeight() + panel.captionLines(row) * line + GAP;
  }

  private int labelWidth() {
    return line + GAP;
  }

  private int headHeight() {
    return line + GAP;
  }

  private void draw(Panel panel, Graphics2D g, int top) {
    int left = MARGIN + labelWidth();
    int step = panel.cellWidth() + GAP;
    lettering.head(g);
    for (int i = 0; i < panel.heads().size(); i++) {
      String head =
          Lettering.shortened(panel.heads().get(i), panel.cellWidth(), g.getFontMetrics());
      Lettering.centred(g, head, left + i * step, panel.cellWidth(), top);
    }
    int y = top + headHeight();
    for (Row row : panel.rows()) {
      label(g, row.label(), y, panel.cellHeight());
      for (int i = 0; i < row.cells().size(); i++) {
        draw(row.cells().get(i), panel, g, left + i * step, y);
      }
      y += height(panel, row) + GAP;
    }
  }

  private void draw(Cell cell, Panel panel, Graphics2D g, int left, int top) {
    Picture picture = cell.picture();
    int factor = panel.factor();
    if (cell.mark().isPresent()) {
      drawMarked(cell, panel, g, left, top);
    } else {
      g.drawImage(
          Rasters.image(picture),
          left,
          top,
          factor * picture.width(),
          factor * picture.height(),
          null);
    }
    lettering.caption(
        g, cell.caption(), left, panel.cellWidth(), top + panel.cellHeight() + GAP / 2);
  }

  private static void drawMarked(Cell cell, Panel panel, Graphics2D g, int left, int top) {
    Picture picture = cell.picture();
    double scale =
        Math.min(
            panel.cellWidth() / (double) picture.width(),
            panel.cellHeight() / (double) picture.height());
    Picture whole = Bicubic.resize(picture, scale);
    int x = left + (panel.cellWidth() - whole.width()) / 2;
    int y = top + (panel.cellHeight() - whole.height()) / 2;
    Lettering.marked(g, whole, x, y, cell.mark().orElseThrow(), scale);
  }

  private void label(Graphics2D g, String text, int top, int height) {
    Graphics2D turned = (Graphics2D) g.create();
    lettering.head(turned);
    int length = turned.getFontMetrics().stringWidth(text);
    turned.rotate(-Math.PI / 2, MARGIN + lettering.ascent(), top + (height + length) / 2.0);
    turned.drawString(text, MARGIN + lettering.ascent(), top + (height + length) / 2);
    turned.dispose();
  }
}
