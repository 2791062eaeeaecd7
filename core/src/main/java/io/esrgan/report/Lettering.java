package io.esrgan.report;

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

/** How figures are written and marked: their paper, fonts, colours and frames. */
final class Lettering {
  private static final Color INK = new Color(0x20, 0x20, 0x20);
  private static final Color PALE = new Color(0x60, 0x60, 0x60);
  private static final Color MARK = new Color(0xff, 0x30, 0x20);

  private final Font bold = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  private final Font plain = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private final FontMetrics metrics;
  private final FontMetrics heads;

  /**
   * Looks for the fonts.
   *
   * @throws IOException if Java can draw no text on this machine
   */
  Lettering() throws IOException {
    try {
      BufferedImage nothing = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
      metrics = nothing.createGraphics().getFontMetrics(plain);
      heads = nothing.createGraphics().getFontMetrics(bold);
    } catch (LinkageError | InternalError | RuntimeException e) {
      throw new IOException(
          "Java finds no fonts to draw a figure with; install fontconfig and a font, such as"
              + " DejaVu",
          e);
    }
  }

  /** White paper to draw on. */
  static Graphics2D blank(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    return g;
  }

  /** Height of a line in pixels. */
  int line() {
    return metrics.getHeight();
  }

  int ascent() {
    return metrics.getAscent();
  }

  /** Pixels that a head takes. */
  int headWidth(String text) {
    return heads.stringWidth(text);
  }

  /** Writes heads from now on. */
  void head(Graphics2D g) {
    g.setFont(bold);
    g.setColor(INK);
  }

  /** Lines in the middle below a picture, each shortened to its width. */
  void caption(Graphics2D g, List<String> lines, int left, int width, int top) {
    g.setFont(plain);
    g.setColor(PALE);
    int y = top;
    for (String text : lines) {
      centred(g, shortened(text, width, metrics), left, width, y);
      y += line();
    }
  }

  /** Lines from the left. */
  void lines(Graphics2D g, List<String> lines, int left, int top) {
    g.setFont(plain);
    g.setColor(PALE);
    int y = top;
    for (String text : lines) {
      g.drawString(text, left, y + ascent());
      y += line();
    }
  }

  static void centred(Graphics2D g, String text, int left, int width, int top) {
    FontMetrics font = g.getFontMetrics();
    g.drawString(text, left + (width - font.stringWidth(text)) / 2, top + font.getAscent());
  }

  static String shortened(String text, int width, FontMetrics font) {
    String kept = text;
    while (font.stringWidth(kept) > width && kept.length() > 2) {
      kept = kept.substring(0, kept.length() - 2) + "…";
    }
    return kept;
  }

  /** The text in lines of that width. */
  List<String> broken(String text, int width) {
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

  /**
   * A picture with a frame around a part of it.
   *
   * @param scale by which the picture was resized since the region was taken
   */
  static void marked(Graphics2D g, Picture picture, int left, int top, Region mark, double scale) {
    g.drawImage(Rasters.image(picture), left, top, null);
    Rectangle frame =
        new Rectangle(
            left + (int) Math.round(scale * mark.x()),
            top + (int) Math.round(scale * mark.y()),
            (int) Math.round(scale * mark.width()),
            (int) Math.round(scale * mark.height()));
    g.setColor(Color.WHITE); // beneath, to be seen on red too
    g.setStroke(new BasicStroke(4));
    g.draw(frame);
    g.setColor(MARK);
    g.setStroke(new BasicStroke(2));
    g.draw(frame);
  }
}
