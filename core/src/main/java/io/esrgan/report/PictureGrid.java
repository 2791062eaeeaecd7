package io.esrgan.report;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
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
  private static final Color INK = new Color(0x20, 0x20, 0x20);
  private static final Color PALE = new Color(0x60, 0x60, 0x60);
  private static final Color MARK = new Color(0xff, 0x30, 0x20);

  private final Font bold = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private final Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private final FontMetrics metrics;
  private final int line;

  /**
   * Looks for the fonts.
   *
   * @throws IOException if Java can draw no text on this machine
   */
  public PictureGrid() throws IOException {
    try {
      BufferedImage nothing = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      metrics = nothing.createGraphics().getFontMetrics(plain);
      line = metrics.getHeight();
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new IOException(
          "Java finds no fonts to draw a figure with; install fontconfig and a font, such as"
              + " DejaVu",
          e);
    }
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
        notes.stream().flatMap(note -> broken(note, width - 2 * MARGIN).stream()).toList();
    int height =
        2 * MARGIN
            + panels.stream().mapToInt(panel -> height(panel) + BETWEEN).sum()
            + foot.size() * line;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    int y = MARGIN;
    for (Panel panel : panels) {
      draw(panel, g, y);
      y += height(panel) + BETWEEN;
    }
    g.setFont(plain);
    g.setColor(PALE);
    for (String text : foot) {
      g.drawString(text, MARGIN, y + metrics.getAscent());
      y += line;
    }
    g.dispose();
    return picture(image);
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
    g.setFont(bold);
    g.setColor(INK);
    for (int i = 0; i < panel.heads().size(); i++) {
      centred(g, panel.heads().get(i), left + i * step, panel.cellWidth(), top);
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
      BufferedImage image = image(picture);
      g.drawImage(image, left, top, factor * picture.width(), factor * picture.height(), null);
    }
    g.setFont(plain);
    g.setColor(PALE);
    int y = top + panel.cellHeight() + GAP / 2;
    for (String text : cell.caption()) {
      centred(g, shortened(text, panel.cellWidth()), left, panel.cellWidth(), y);
      y += line;
    }
  }

  private void drawMarked(Cell cell, Panel panel, Graphics2D g, int left, int top) {
    Picture picture = cell.picture();
    double scale =
        Math.min(
            panel.cellWidth() / (double) picture.width(),
            panel.cellHeight() / (double) picture.height());
    Picture whole = Bicubic.resize(picture, scale);
    int x = left + (panel.cellWidth() - whole.width()) / 2;
    int y = top + (panel.cellHeight() - whole.height()) / 2;
    g.drawImage(image(whole), x, y, null);
    Region mark = cell.mark().orElseThrow();
    Rectangle frame =
        new Rectangle(
            x + (int) Math.round(scale * mark.x()),
            y + (int) Math.round(scale * mark.y()),
            (int) Math.round(scale * mark.width()),
            (int) Math.round(scale * mark.height()));
    g.setColor(Color.WHITE); // beneath, to be seen on red too
    g.setStroke(new BasicStroke(4));
    g.draw(frame);
    g.setColor(MARK);
    g.setStroke(new BasicStroke(2));
    g.draw(frame);
  }

  private void label(Graphics2D g, String text, int top, int height) {
    Graphics2D turned = (Graphics2D) g.create();
    turned.setFont(bold);
    turned.setColor(INK);
    int length = turned.getFontMetrics().stringWidth(text);
    turned.rotate(-Math.PI / 2, MARGIN + metrics.getAscent(), top + (height + length) / 2.0);
    turned.drawString(text, MARGIN + metrics.getAscent(), top + (height + length) / 2);
    turned.dispose();
  }

  private static void centred(Graphics2D g, String text, int left, int width, int top) {
    FontMetrics font = g.getFontMetrics();
    g.drawString(text, left + (width - font.stringWidth(text)) / 2, top + font.getAscent());
  }

  private String shortened(String text, int width) {
    String kept = text;
    while (metrics.stringWidth(kept) > width && kept.length() > 2) {
      kept = kept.substring(0, kept.length() - 2) + "…";
    }
    return kept;
  }

  private List<String> broken(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (open.length() > 0 && metrics.stringWidth(open + " " + word) > width) {
        lines.add(open.toString());
        open.setLength(0);
      }
      open.append(open.length() > 0 ? " " : "").append(word);
    }
    lines.add(open.toString());
    return lines;
  }

  private static BufferedImage image(Picture picture) {
    Picture eight = picture.to8Bits();
    int count = eight.channels().count();
    boolean gray = eight.channels().colours() == 1;
    BufferedImage image =
        new BufferedImage(eight.width(), eight.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < eight.height(); y++) {
      for (int x = 0; x < eight.width(); x++) {
        int at = (y * eight.width() + x) * count;
        int red = eight.sample(at);
        int green = gray ? red : eight.sample(at + 1);
        int blue = gray ? red : eight.sample(at + 2);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  private static Picture picture(BufferedImage image) {
    byte[] samples = new byte[image.getWidth() * image.getHeight() * 3];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        samples[to++] = (byte) (rgb >> 16);
        samples[to++] = (byte) (rgb >> 8);
        samples[to++] = (byte) rgb;
      }
    }
    return Picture.of8Bit(
        image.getWidth(), image.getHeight(), Picture.Channels.RGB, samples, Metadata.NONE);
  }
}
