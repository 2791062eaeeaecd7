package io.esrgan.image;

import io.esrgan.image.Picture.Channels;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads JPEG: baseline and progressive, gray, YCbCr, RGB, CMYK and YCCK.
 *
 * <p>The JDK's reader gives the components as stored and no more; what it would do with profiles on
 * the way to RGB changes colours. It merely warns of damage and fills the rest with gray, so its
 * warnings are errors here.
 */
final class JpegDecoder implements Decoder {
  private final ImageInputStream in;
  private final JpegSegments segments;

  JpegDecoder(ImageInputStream in) throws IOException {
    this.in = in;
    this.segments = JpegSegments.read(in);
  }

  @Override
  public int width() {
    return segments.width();
  }

  @Override
  public int height() {
    return segments.height();
  }

  @Override
  public Notes notes() {
    return segments.notes();
  }

  @Override
  public Picture decode() throws IOException {
    Limits.samples(width(), height(), segments.components(), Byte.SIZE);
    Raster raster = components();
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    int width = raster.getWidth();
    int height = raster.getHeight();
    if (segments.isLumaChroma()) {
      LumaChroma.toRgb(samples, segments.components());
    }
    return switch (segments.components()) {
      case 1 -> Picture.of8Bit(width, height, Channels.GRAY, samples, Metadata.NONE);
      case 3 -> Picture.of8Bit(width, height, Channels.RGB, samples, Metadata.NONE);
      default -> Cmyk.toRgb(samples, width, height, segments.profile());
    };
  }

  private Raster components() throws IOException {
    List<String> damage = new ArrayList<>();
    ImageReader reader = Plugins.jdkReader("jpeg");
    try {
      in.seek(0);
      reader.setInput(in, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (isDamage(warning)) {
              damage.add(warning);
            }
          });
      Raster raster = reader.readRaster(0, null);
      if (!damage.isEmpty()) {
        throw told(damage);
      }
      return raster;
    } catch (IIOException e) {
      throw damage.isEmpty() ? e : told(damage);
    } finally {
      reader.dispose();
    }
  }

  private static Defect told(List<String> damage) {
    return damage.stream().anyMatch(w -> w.contains("EOI"))
        ? Defect.truncated()
        : Defect.damaged(damage.get(0));
  }

  /** Warnings of libjpeg and of the JDK that mean wrong pixels; others are about notes. */
  private static boolean isDamage(String warning) {
    boolean harmless = warning.contains("extraneous bytes");
    return !harmless
        && (warning.contains("Corrupt")
            || warning.contains("Premature")
            || warning.contains("Truncated"));
  }
}
