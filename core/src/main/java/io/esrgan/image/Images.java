package io.esrgan.image;

import io.esrgan.file.Folders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads and writes pictures.
 *
 * <p>Reading gives samples as the file stores them: 16 bits stay 16 bits, gray stays gray, and RGB
 * goes through no colour conversion, its {@linkplain Metadata#iccProfile() profile} comes along.
 * Only CMYK becomes sRGB, a palette is looked up, and gray of fewer than 8 bits is stretched to 8.
 * Pictures come upright: the orientation a camera noted is applied. Of several pictures in one file
 * the first is read.
 *
 * <p>A file is what its content says, whatever its name ends in. Every failure, also of damaged or
 * hostile files, is a {@link PictureException}. All methods may be called from several threads.
 */
public final class Images {
  private Images() {}

  /** Reads a picture within the {@linkplain Limits#standard() standard limits}. */
  public static Picture read(Path file) throws PictureException {
    return read(file, Limits.standard());
  }

  /** Reads a picture. */
  public static Picture read(Path file, Limits limits) throws PictureException {
    return Wording.reading(
        file.toString(),
        () -> {
          try (ImageInputStream in = open(file, limits)) {
            return decode(in, limits);
          }
        });
  }

  /**
   * Reads a picture from a stream, which is read up to the limit of bytes and not closed.
   *
   * @param name what errors call it
   */
  public static Picture read(InputStream stream, String name, Limits limits)
      throws PictureException {
    return Wording.reading(
        name,
        () -> {
          int most = (int) Math.min(limits.fileBytes() + 1, Integer.MAX_VALUE - 8);
          byte[] content = stream.readNBytes(most);
          limits.checkFile(content.length);
          try (ImageInputStream in = new BytesImageInputStream(content)) {
            return decode(in, limits);
          }
        });
  }

  /** What a file holds, without decoding it. No limit applies to the size it states. */
  public static Header probe(Path file) throws PictureException {
    return Wording.reading(
        file.toString(),
        () -> {
          try (ImageInputStream in = open(file, Limits.streamed())) {
            Format format = Format.of(in);
            try (Decoder decoder = format.open(in)) {
              return decoder.notes().orientation().swaps()
                  ? new Header(format, decoder.height(), decoder.width())
                  : new Header(format, decoder.width(), decoder.height());
            }
          }
        });
  }

  /**
   * Opens a picture to be read by rows, with the samples and the metadata that {@link #read(Path)}
   * gives. What is decoded as it is asked for may be larger than memory: {@link Limits#streamed()}
   * holds for it. What must be decoded at once has to be within {@link Limits#standard()}.
   */
  public static RowReader openRows(Path file) throws PictureException {
    Limits streamed = Limits.streamed();
    return Wording.reading(
        file.toString(),
        () ->
            FileRowReader.open(
                file.toString(),
                open(file, streamed),
                Limits.standard(),
                streamed,
                () -> openRows(file)));
  }

  /**
   * Begins a picture that is written by rows, in the format that the file's ending names and as
   * {@link #write} would write it.
   *
   * @param bits a sample: 8 or 16
   * @param overwrite whether a file that is there is replaced; otherwise it is an error
   */
  public static RowWriter createRows(
      Path output,
      int width,
      int height,
      Picture.Channels channels,
      int bits,
      Metadata metadata,
      boolean overwrite)
      throws PictureException {
    return createRows(output, new Shape(width, height, channels, bits, metadata), overwrite);
  }

  private static FileRowWriter createRows(Path output, Shape shape, boolean overwrite)
      throws PictureException {
    return Wording.writing(
        output.toString(),
        () -> FileRowWriter.create(output, formatFor(shape.channels(), output), shape, overwrite));
  }

  /**
   * Writes a picture in the format that the file's ending names; the file appears whole or not at
   * all. JPEG is written with quality 95 and chroma at full resolution. JPEG and BMP hold 8 bits a
   * sample, to which 16 are rounded, and no alpha, which is refused.
   *
   * @param replace whether a file that is there is replaced; otherwise it is an error
   */
  public static void write(Picture picture, Path file, boolean replace) throws PictureException {
    try (FileRowWriter rows = createRows(file, Shape.of(picture), replace)) {
      rows.write(picture);
      rows.commit();
    }
  }

  /** A picture as a PNG file's content. */
  public static byte[] png(Picture picture) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try {
      PngEncoder png = new PngEncoder(Shape.of(picture), content);
      png.write(picture);
      png.finish();
    } catch (IOException e) {
      throw new AssertionError("memory can always be written to", e);
    }
    return content.toByteArray();
  }

  /**
   * Refuses what {@link #write} would refuse for the file's ending, so that it is known before a
   * picture with such channels is computed.
   */
  public static void requireWritable(Picture.Channels channels, Path file) throws PictureException {
    Wording.writing(file.toString(), () -> formatFor(channels, file));
  }

  private static Format formatFor(Picture.Channels channels, Path file) throws Defect {
    Format format = writable(file);
    boolean opaque = format == Format.JPEG || format == Format.BMP;
    if (opaque && channels.hasAlpha()) {
      throw new Defect(format + " cannot hold transparency; write a PNG or a TIFF");
    }
    return format;
  }

  /** Whether a file's ending is that of a format read here; the file is not looked at. */
  public static boolean isPicture(Path file) {
    return byEnding(file).isPresent();
  }

  /**
   * The pictures directly in a folder, by their endings, in the order of their names; hidden ones
   * are passed over.
   *
   * @throws IOException if it cannot be listed
   */
  public static List<Path> in(Path folder) throws IOException {
    return Folders.entries(folder).stream()
        .filter(Images::isPicture)
        .filter(file -> !file.getFileName().toString().startsWith("."))
        .filter(Files::isRegularFile)
        .toList();
  }

  /** The endings, lower case and without the dot, of the formats that are read. */
  public static List<String> readableEndings() {
    return Arrays.stream(Format.values()).flatMap(f -> f.endings().stream()).toList();
  }

  /** The endings, lower case and without the dot, of the formats that are written. */
  public static List<String> writableEndings() {
    return Arrays.stream(Format.values())
        .filter(Format::writable)
        .flatMap(f -> f.endings().stream())
        .toList();
  }

  private static Optional<Format> byEnding(Path file) {
    String ending = ending(file);
    return Arrays.stream(Format.values()).filter(f -> f.endings().contains(ending)).findFirst();
  }

  private static String ending(Path file) {
    Path name = file.getFileName();
    String text = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    int dot = text.lastIndexOf('.');
    return dot < 0 ? "" : text.substring(dot + 1);
  }

  private static Format writable(Path file) throws Defect {
    return byEnding(file)
        .filter(Format::writable)
        .orElseThrow(
            () ->
                new Defect(
                    "its name says no format that is written; end it in ."
                        + String.join(", .", writableEndings())));
  }

  private static ImageInputStream open(Path file, Limits limits) throws IOException {
    if (!Files.exists(file)) {
      throw new Defect("there is no such file; check the name");
    }
    if (!Files.isRegularFile(file)) {
      throw new Defect("it is a folder or no regular file; name a picture in it");
    }
    if (!Files.isReadable(file)) {
      throw new Defect("there is no permission to read it; change the file's permissions");
    }
    limits.checkFile(Files.size(file));
    return new FileImageInputStream(file.toFile());
  }

  private static Picture decode(ImageInputStream in, Limits limits) throws IOException {
    try (Decoder decoder = Format.of(in).open(in)) {
      limits.checkPicture(decoder.width(), decoder.height());
      Picture upright = decoder.upright();
      return upright.withMetadata(decoder.notes().metadata(upright.channels()));
    }
  }
}
