package io.esrgan.image;

import io.esrgan.image.Picture.Channels;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Takes the samples out of AWT's pictures, as they are. What AWT offers for this (getRGB, drawing)
 * converts through colour spaces and changes them: gray most of all, which it takes for linear.
 */
final class Rasters {
  private Rasters() {}

  /**
   * @param grayPalette whether a palette that holds only grays stands for gray
   * @param premultiplied whether colours are multiplied by alpha, also where the picture does not
   *     say so
   */
  static Picture picture(BufferedImage image, boolean grayPalette, boolean premultiplied)
      throws Defect {
    ColorModel model = image.getColorModel();
    if (model instanceof IndexColorModel palette) {
      return fromPalette(image.getRaster(), palette, grayPalette);
    }
    if (model instanceof ComponentColorModel) {
      return fromComponents(image, premultiplied || model.isAlphaPremultiplied());
    }
    return fromPacked(image); // sRGB in the bits of one number: nothing to convert
  }

  private static Picture fromPalette(Raster raster, IndexColorModel palette, boolean grayPalette)
      throws Defect {
    boolean gray = grayPalette && isGray(palette);
    Channels channels =
        palette.hasAlpha()
            ? (gray ? Channels.GRAY_ALPHA : Channels.RGB_ALPHA)
            : (gray ? Channels.GRAY : Channels.RGB);
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] samples = new byte[Limits.samples(width, height, channels.count(), Byte.SIZE)];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int value : row) {
        if (value >= palette.getMapSize()) {
          throw Defect.damaged("it uses a colour that its palette does not have");
        }
        to = put(palette.getRGB(value), channels, samples, to);
      }
    }
    return Picture.of8Bit(width, height, channels, samples, Metadata.NONE);
  }

  private static boolean isGray(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
        return false;
      }
    }
    return true;
  }

  private static Picture fromPacked(BufferedImage image) throws Defect {
    Channels channels = image.getColorModel().hasAlpha() ? Channels.RGB_ALPHA : Channels.RGB;
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] samples = new byte[Limits.samples(width, height, channels.count(), Byte.SIZE)];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int argb : row) {
        to = put(argb, channels, samples, to);
      }
    }
    return Picture.of8Bit(width, height, channels, samples, Metadata.NONE);
  }

  private static int put(int argb, Channels channels, byte[] samples, int at) {
    int to = at;
    samples[to++] = (byte) (argb >> 16);
    if (channels.colours() == 3) {
      samples[to++] = (byte) (argb >> 8);
      samples[to++] = (byte) argb;
    }
    if (channels.hasAlpha()) {
      samples[to++] = (byte) (argb >> 24);
    }
    return to;
  }

  private static Picture fromComponents(BufferedImage image, boolean premultiplied) throws Defect {
    ColorModel model = image.getColorModel();
    int type = model.getTransferType();
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
      throw Defect.unsupported("a picture of 32-bit or floating-point samples");
    }
    if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      return Cmyk.toRgb(image);
    }
    Channels channels = channels(model);
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    int most = type == DataBuffer.TYPE_BYTE ? 255 : 65535;
    PictureRows rows = new PictureRows(width, height, channels, most == 255 ? 8 : 16);
    int[] row = new int[width * raster.getNumBands()];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      if (premultiplied && channels.hasAlpha()) {
        straighten(row, channels.count(), most);
      }
      rows.add(row);
    }
    return rows.picture();
  }

  private static Channels channels(ColorModel model) throws Defect {
    int bands = model.getNumComponents();
    boolean alpha = model.hasAlpha();
    for (Channels channels : Channels.values()) {
      if (channels.count() == bands && channels.hasAlpha() == alpha) {
        return channels;
      }
    }
    throw Defect.unsupported("a picture of " + bands + " channels");
  }

  /** Divides the colours of a row by their alpha. */
  static void straighten(int[] row, int channels, int most) {
    for (int i = 0; i < row.length; i += channels) {
      int alpha = row[i + channels - 1];
      for (int c = 0; c < channels - 1 && alpha > 0; c++) {
        long colour = ((long) row[i + c] * most + alpha / 2) / alpha;
        row[i + c] = (int) Math.min(most, colour);
      }
    }
  }
}
