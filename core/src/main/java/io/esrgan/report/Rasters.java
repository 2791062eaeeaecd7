package io.esrgan.report;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import java.awt.image.BufferedImage;

/** Pictures as Java's drawing has them, and back: RGB, 8 bits; alpha is left out. */
final class Rasters {
  private Rasters() {}

  static BufferedImage image(Picture picture) {
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

  static Picture picture(BufferedImage image) {
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
