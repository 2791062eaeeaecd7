package io.esrgan.image;

import io.esrgan.file.UnfinishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * A file format of pictures, told by the first bytes of a file; its ending only says what to write.
 */
public enum Format {
  PNG(true, "png"),
  JPEG(true, "jpg", "jpeg"),
  TIFF(true, "tif", "tiff"),
  BMP(true, "bmp"),
  WEBP(false, "webp"),
  GIF(false, "gif");

  private final boolean writable;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> endings;

  Format(boolean writable, String... endings) {
    this.writable = writable;
    this.endings = List.of(endings);
  }

  /** The endings of its files' names, lower case, without the dot; the usual one first. */
  public List<String> endings() {
    return endings;
  }

  /** Whether {@link Images#write} can write it; all are read. */
  public boolean writable() {
    return writable;
  }

  /** The format of what {@code in} holds, read from its start. */
  static Format of(ImageInputStream in) throws IOException {
    byte[] magic = new byte[16];
    int length = 0;
    in.seek(0);
    while (length < magic.length) {
      int read = in.read(magic, length, magic.length - length);
      if (read < 0) {
        break;
      }
      length += read;
    }
    if (length == 0) {
      throw new Defect("the file is empty; copy or download it again");
    }
    String start = new String(magic, 0, length, StandardCharsets.ISO_8859_1);
    if (start.startsWith("\u0089PNG\r\n\u001a\n")) {
      return PNG;
    }
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (start.startsWith("II*\0")
        || start.startsWith("MM\0*")
        || start.startsWith("II+\0")
        || start.startsWith("MM\0+")) {
      return TIFF;
    }
    if (start.startsWith("BM")) {
      return BMP;
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
      return GIF;
    }
    if (start.startsWith("ftyp", 4)) {
      throw Defect.unsupported("HEIC, AVIF or video");
    }
    throw new Defect(
        "its content is no PNG, JPEG, TIFF, BMP, WebP or GIF, whatever its name says; save it as"
            + " one of these");
  }

  Decoder open(ImageInputStream in) throws IOException {
    return switch (this) {
      case PNG -> new PngDecoder(in);
      case JPEG -> new JpegDecoder(in);
      case TIFF -> TiffDecoder.open(in);
      case BMP, WEBP, GIF -> new PluginDecoder(this, in);
    };
  }

  /** What writes a picture into an empty file. */
  RowEncoder encoder(Shape shape, UnfinishedFile file) throws IOException {
    return switch (this) {
      case PNG -> new PngEncoder(shape, file.out());
      case TIFF -> new TiffEncoder(shape, file);
      case JPEG -> new JpegEncoder(shape, file.out());
      case BMP -> new BmpEncoder(shape, file);
      case WEBP, GIF -> throw new IllegalStateException(this + " is not written");
    };
  }
}
