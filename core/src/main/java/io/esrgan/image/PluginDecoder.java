package io.esrgan.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads TIFF, BMP and WebP through TwelveMonkeys, GIF through the JDK; the notes are read here. */
final class PluginDecoder implements Decoder {
  private final Format format;
  private final ImageReader reader;
  private final Notes notes;
  private final boolean grayPalette; // whether a palette of grays stands for gray
  private final boolean premultiplied; // whether the file says that colours are multiplied by alpha
  private final int width;
  private final int height;

  PluginDecoder(Format format, ImageInputStream in) throws IOException {
    this.format = format;
    TiffTags tags = format == Format.TIFF ? TiffTags.of(in) : null;
    this.grayPalette = tags == null ? format == Format.BMP : tags.isGray();
    this.premultiplied = tags != null && tags.isPremultiplied();
    this.notes =
        switch (format) {
          case TIFF -> tags.notes();
          case WEBP -> WebpChunks.read(in);
          default -> Notes.NONE;
        };
    this.reader = reader();
    ImageInputStream input = format == Format.WEBP ? WebpChunks.withoutProfile(in) : in;
    input.seek(0);
    reader.setInput(input, false, false);
    this.width = reader.getWidth(0);
    this.height = reader.getHeight(0);
  }

  private ImageReader reader() throws IOException {
    return switch (format) {
      case TIFF -> new TIFFImageReaderSpi().createReaderInstance(null);
      case BMP -> new BMPImageReaderSpi().createReaderInstance(null);
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
      default -> Plugins.jdkReader(format.name());
    };
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public Notes notes() {
    return notes;
  }

  @Override
  public Picture decode() throws IOException {
    Limits.samples(width, height, 1, Byte.SIZE); // at least; palettes have one
    return Rasters.picture(reader.read(0), grayPalette, premultiplied);
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
