package io.esrgan.image;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;

/** Finds ImageIO's readers and writers. */
final class Plugins {
  private static final String JDK = "com.sun.imageio.";

  static {
    ImageIO.setUseCache(false);
  }

  private Plugins() {}

  /** The JDK's own reader of a format, whatever else is on the class path. */
  static ImageReader jdkReader(String format) {
    for (Iterator<ImageReader> all = ImageIO.getImageReadersByFormatName(format); all.hasNext(); ) {
      ImageReader reader = all.next();
      if (reader.getClass().getName().startsWith(JDK)) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java has no reader for " + format);
  }

  /** The JDK's own writer of a format, whatever else is on the class path. */
  static ImageWriter jdkWriter(String format) {
    for (Iterator<ImageWriter> all = ImageIO.getImageWritersByFormatName(format); all.hasNext(); ) {
      ImageWriter writer = all.next();
      if (writer.getClass().getName().startsWith(JDK)) {
        return writer;
      }
    }
    throw new IllegalStateException("this Java has no writer for " + format);
  }
}
