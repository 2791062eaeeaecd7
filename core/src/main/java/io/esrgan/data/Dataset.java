package io.esrgan.data;

import io.esrgan.image.Bicubic;
import io.esrgan.image.Header;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * A folder of test pictures at one scale: either with the subfolders {@code HR} and {@code LRxN} (N
 * the scale) that hold pairs under the same names, or of high-resolution pictures alone, from which
 * the low-resolution ones are then made by plain bicubic shrinking.
 *
 * <p>High-resolution pictures are cropped at the right and the bottom to a multiple of the scale.
 * Where {@code LRxN} is given it is what methods get, bicubic included. For the usual sets both
 * ways give bicubic's published PSNR (28.43, 26.00, 25.96 dB for Set5, Set14 and BSD100 at x4).
 */
public final class Dataset {
  private final String name;
  private final int scale;
  private final Path highFolder;
  private final Path lowFolder; // null where low-resolution pictures are made
  private final List<String> files;

  private Dataset(String name, int scale, Path highFolder, Path lowFolder, List<String> files) {
    this.name = name;
    this.scale = scale;
    this.highFolder = highFolder;
    this.lowFolder = lowFolder;
    this.files = files;
  }

  /**
   * Opens a set and checks, without decoding, that its pictures pair up.
   *
   * @throws DatasetException if there are no pictures, a partner is missing, or sizes do not fit
   * @throws IOException if a file cannot be read
   */
  public static Dataset open(Path folder, int scale) throws IOException {
    if (scale < 1) {
      throw new IllegalArgumentException("a scale is 1 or more, not " + scale);
    }
    if (!Files.isDirectory(folder)) {
      throw new DatasetException("there is no test set " + folder + "; name a folder of pictures");
    }
    Path high = folder.resolve("HR");
    Path low = folder.resolve("LRx" + scale);
    boolean paired = Files.isDirectory(high) && Files.isDirectory(low);
    Path highFolder = Files.isDirectory(high) ? high : folder;
    Path named = folder.toAbsolutePath().normalize().getFileName();
    Dataset set =
        new Dataset(
            named == null ? folder.toString() : named.toString(),
            scale,
            highFolder,
            paired ? low : null,
            pictures(highFolder));
    set.check();
    return set;
  }

  /**
   * A set of one high-resolution picture, named after its file; the low-resolution one is made.
   *
   * @throws DatasetException if the picture is too small
   * @throws IOException if it cannot be read
   */
  public static Dataset ofPicture(Path file, int scale) throws IOException {
    String name = file.getFileName().toString();
    Dataset set = new Dataset(name, scale, file.toAbsolutePath().getParent(), null, List.of(name));
    set.check();
    return set;
  }

  private static List<String> pictures(Path folder) throws IOException {
    return Images.in(folder).stream().map(file -> file.getFileName().toString()).sorted().toList();
  }

  private void check() throws IOException {
    if (files.isEmpty()) {
      throw new DatasetException(
          "there are no pictures in %s; put pictures there or in its subfolder HR"
              .formatted(highFolder));
    }
    if (lowFolder != null) {
      TreeSet<String> lonely = new TreeSet<>(pictures(lowFolder));
      for (String file : files) {
        if (!lonely.remove(file)) {
          throw new DatasetException(
              "%s has no partner in %s; both folders need the same names"
                  .formatted(highFolder.resolve(file), lowFolder));
        }
      }
      if (!lonely.isEmpty()) {
        throw new DatasetException(
            "%s has no partner in %s; both folders need the same names"
                .formatted(lowFolder.resolve(lonely.first()), highFolder));
      }
    }
    for (String file : files) {
      checkSize(file);
    }
  }

  private void checkSize(String file) throws IOException {
    Header high = Images.probe(highFolder.resolve(file));
    int width = high.width() / scale;
    int height = high.height() / scale;
    if (width < 1 || height < 1) {
      throw new DatasetException(
          "%s has %dx%d pixels, too few for scale %d; leave it out"
              .formatted(highFolder.resolve(file), high.width(), high.height(), scale));
    }
    if (lowFolder == null) {
      return;
    }
    Header low = Images.probe(lowFolder.resolve(file));
    if (low.width() != width || low.height() != height) {
      throw new DatasetException(
          "%s has %dx%d pixels, but %dx%d at scale %d make %dx%d; make it again from its partner"
              .formatted(
                  lowFolder.resolve(file),
                  low.width(),
                  low.height(),
                  high.width(),
                  high.height(),
                  scale,
                  width,
                  height));
    }
  }

  /** The folder's name. */
  public String name() {
    return name;
  }

  public int scale() {
    return scale;
  }

  /** How many pairs there are: at least one. */
  public int size() {
    return files.size();
  }

  /** Where low-resolution pictures come from, in words for a table's foot. */
  public String lowSource() {
    return lowFolder != null
        ? "files of LRx" + scale
        : "HR shrunk by bicubic (MATLAB's imresize, rounded to samples once)";
  }

  /**
   * CRC-32 of the names and sizes of all its files: other pictures have another one.
   *
   * @throws IOException if a file is gone
   */
  public long fingerprint() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : files) {
      all.append(file).append('\n').append(Files.size(highFolder.resolve(file))).append('\n');
      if (lowFolder != null) {
        all.append(Files.size(lowFolder.resolve(file))).append('\n');
      }
    }
    CRC32 sum = new CRC32();
    sum.update(all.toString().getBytes(StandardCharsets.UTF_8));
    return sum.getValue();
  }

  /** Sets of one picture each, named after their files, which together are this one. */
  public List<Dataset> singles() {
    return files.stream()
        .map(file -> new Dataset(file, scale, highFolder, lowFolder, List.of(file)))
        .toList();
  }

  /** Reads a pair. */
  public TestPair read(int index) throws IOException {
    String file = files.get(index);
    Picture whole = Images.read(highFolder.resolve(file));
    Picture high = whole.crop(0, 0, whole.width() / scale * scale, whole.height() / scale * scale);
    Picture low =
        lowFolder != null ? Images.read(lowFolder.resolve(file)) : Bicubic.shrink(high, scale);
    return new TestPair(file, high, low);
  }
}
