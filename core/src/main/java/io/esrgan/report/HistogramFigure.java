package io.esrgan.report;

import io.esrgan.image.Picture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Histograms as curves in one frame, each with its name. */
public final class HistogramFigure {
  private static final Color[] COLOURS = { // told apart by most colour-blind people: Okabe and Ito
    new Color(0x00, 0x00, 0x00),
    new Color(0xd5, 0x5e, 0x00),
    new Color(0x00, 0x72, 0xb2),
    new Color(0x00, 0x9e, 0x73),
    new Color(0xcc, 0x79, 0xa7),
    new Color(0xe6, 0x9f, 0x00),
    new Color(0x56, 0xb4, 0xe9)
  };
  private static final float[] DASHES = {6, 4};
  private static final Color RULE = new Color(0xe3, 0xe6, 0xeb);
  private static final int WIDTH = 640; // of the frame
  private static final int HEIGHT = 280;
  private static final int LEFT = 64;
  private static final int MARGIN = 16;
  private static final int SMOOTHED = 2; // levels to each side that a point is the mean of

  private final Lettering lettering;

  /**
   * Looks for the fonts.
   *
   * @throws IOException if Java can draw no text on this machine
   */
  public HistogramFigure() throws IOException {
    lettering = new Lettering();
  }

  /**
   * One curve.
   *
   * @param shares of all that was counted, by level from 0
   */
  @SuppressWarnings("ArrayRecordComponent") // drawn, never compared
  public record Series(String name, double[] shares) {}

  /**
   * Draws the figure. The first curve is bold.
   *
   * @param series of one length, at least one
   * @param notes the lines below, broken where they are too long
   */
  public Picture draw(String title, List<Series> series, List<String> notes) {
    int line = lettering.line();
    List<String> foot =
        notes.stream().flatMap(note -> lettering.broken(note, LEFT + WIDTH).stream()).toList();
    int top = MARGIN + line + MARGIN / 2;
    int height = top + HEIGHT + 2 * line + series.size() * line + foot.size() * line + 2 * MARGIN;
    BufferedImage image =
        new BufferedImage(LEFT + WIDTH + 2 * MARGIN, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = Lettering.blank(image);
    lettering.head(g);
    g.drawString(title, MARGIN, MARGIN + lettering.ascent());
    int left = MARGIN + LEFT;
    double most =
        series.stream().mapToDouble(s -> Arrays.stream(smooth(s)).max().orElse(0)).max().orElse(0);
    int levels = series.get(0).shares().length;
    Axis along = new Axis(0, levels - 1, false);
    Axis up = new Axis(0, most > 0 ? 1.05 * most : 1, false);
    frame(g, along, up, left, top);
    int y = top + HEIGHT + 2 * line;
    for (int i = series.size() - 1; i >= 0; i--) { // the first on top
      pen(g, i);
      g.draw(curve(smooth(series.get(i)), along, up, left, top));
    }
    for (int i = 0; i < series.size(); i++) {
      pen(g, i);
      g.drawLine(left, y + line / 2, left + 28, y + line / 2);
      lettering.lines(g, List.of(series.get(i).name()), left + 36, y);
      y += line;
    }
    lettering.lines(g, foot, MARGIN, y + MARGIN / 2);
    g.dispose();
    return Rasters.picture(image);
  }

  private void frame(Graphics2D g, Axis along, Axis up, int left, int top) {
    g.setStroke(new BasicStroke(1));
    for (double tick : up.ticks(5)) {
      int y = top + HEIGHT - (int) Math.round(up.place(tick) * HEIGHT);
      g.setColor(RULE);
      g.drawLine(left, y, left + WIDTH, y);
      lettering.lines(g, List.of(up.label(100 * tick) + " %"), MARGIN, y - lettering.line() / 2);
    }
    for (double tick : along.ticks(8)) {
      int x = left + (int) Math.round(along.place(tick) * WIDTH);
      g.setColor(RULE);
      g.drawLine(x, top, x, top + HEIGHT);
      lettering.caption(g, List.of(along.label(tick)), x - 30, 60, top + HEIGHT + 4);
    }
  }

  private static void pen(Graphics2D g, int index) {
    g.setColor(COLOURS[index % COLOURS.length]);
    boolean again = index >= COLOURS.length;
    g.setStroke(
        new BasicStroke(
            index == 0 ? 3 : 1.7f,
            BasicStroke.CAP_BUTT,
            BasicStroke.JOIN_ROUND,
            10,
            again ? DASHES : null,
            0));
  }

  private static Path2D curve(double[] shares, Axis along, Axis up, int left, int top) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < shares.length; i++) {
      double x = left + along.place(i) * WIDTH;
      double y = top + HEIGHT - up.place(shares[i]) * HEIGHT;
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    return path;
  }

  private static double[] smooth(Series series) {
    double[] shares = series.shares();
    double[] smooth = new double[shares.length];
    for (int i = 0; i < shares.length; i++) {
      int from = Math.max(0, i - SMOOTHED);
      int to = Math.min(shares.length, i + SMOOTHED + 1);
      smooth[i] = Arrays.stream(shares, from, to).average().orElse(0);
    }
    return smooth;
  }
}
