package io.esrgan.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Pictures whose every pixel says where it is: red is x, green is y, blue is the picture's own
 * mark. A crop of one can be found again whatever was done to it.
 */
final class MarkedPictures {
  private MarkedPictures() {}

  static Path write(Path file, int width, int height, int mark) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, x << 16 | y << 8 | mark);
      }
    }
    return store(file, image);
  }

  static Path writeGray(Path file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, (x + y) & 0xff);
      }
    }
    return store(file, image);
  }

  /** Writes in the format that the file's ending names. */
  private static Path store(Path file, BufferedImage image) throws IOException {
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }
}
