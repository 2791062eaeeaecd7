package io.esrgan.image;

import io.esrgan.image.Picture.Channels;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Four inks to sRGB: through the profile where there is one, else as if inks were ideal. */
final class Cmyk {
  private Cmyk() {}

  /**
   * @param light what is left of white, 255 for no ink (as Adobe stores it), interleaved
   * @param profile the profile of the inks, or null
   */
  static Picture toRgb(byte[] light, int width, int height, byte[] profile) {
    byte[] rgb = null;
    if (Profiles.is(profile, "CMYK")) {
      rgb = throughProfile(light, width, height, profile);
    }
    return Picture.of8Bit(
        width, height, Channels.RGB, rgb != null ? rgb : ideal(light), Metadata.NONE);
  }

  /** An AWT picture whose samples are inks, 255 or 65535 for the most of one. */
  static Picture toRgb(BufferedImage inks) {
    Raster raster = inks.getRaster();
    int width = raster.getWidth();
    int shift = raster.getTransferType() == DataBuffer.TYPE_BYTE ? 0 : 8;
    byte[] light = new byte[width * raster.getHeight() * 4];
    int[] row = new int[width * raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int i = 0; i < row.length; i += raster.getNumBands()) {
        for (int c = 0; c < 4; c++) {
          light[to++] = (byte) ~(row[i + c] >> shift);
        }
      }
    }
    byte[] profile =
        inks.getColorModel().getColorSpace() instanceof ICC_ColorSpace space
            ? space.getProfile().getData()
            : null;
    return toRgb(light, width, raster.getHeight(), profile);
  }

  private static byte[] ideal(byte[] light) {
    byte[] rgb = new byte[light.length / 4 * 3];
    for (int from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
      int key = light[from + 3] & 0xff;
      for (int c = 0; c < 3; c++) {
        rgb[to + c] = (byte) (((light[from + c] & 0xff) * key + 127) / 255);
      }
    }
    return rgb;
  }

  /** Null if the profile is none that the colour management can use. */
  private static byte[] throughProfile(byte[] light, int width, int height, byte[] profile) {
    try {
      ColorSpace inks = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
      ColorConvertOp convert =
          new ColorConvertOp(inks, ColorSpace.getInstance(ColorSpace.CS_sRGB), null);
      WritableRaster to = Raster.createInterleavedRaster(0, width, height, 3, null);
      byte[] ink = new byte[light.length];
      for (int i = 0; i < ink.length; i++) {
        ink[i] = (byte) ~light[i];
      }
      WritableRaster from =
          Raster.createInterleavedRaster(
              new DataBufferByte(ink, ink.length),
              width,
              height,
              4 * width,
              4,
              new int[] {0, 1, 2, 3},
              null);
      convert.filter(from, to);
      return ((DataBufferByte) to.getDataBuffer()).getData();
    } catch (IllegalArgumentException | CMMException e) {
      return null;
    }
  }
}
