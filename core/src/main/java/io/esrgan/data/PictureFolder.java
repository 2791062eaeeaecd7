package io.esrgan.data;

import io.esrgan.image.Header;
import io.esrgan.image.Images;
import io.esrgan.image.PictureException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pictures of one or several folders and of the folders within, in an order that is the same on
 * every machine: folder by folder as given, then by path, whatever the locale and the place where
 * the folder lies.
 *
 * <p>Opening one looks at the beginning of every picture to learn its size. A picture that cannot
 * be used is named in a warning and left out; none left is an error.
 */
public final class PictureFolder {
  private static final Logger LOG = LoggerFactory.getLogger(PictureFolder.class);
  private static final int NAMED = 5; // pictures named in one line

  /**
   * A picture that can be used: where it is, its size in pixels, and the picture that is its low
   * resolution, or none where that is made from it.
   */
  public record Source(Path path, int width, int height, Optional<Path> low) {

    Source with(Path lowPath) {
      return new Source(path, width, height, Optional.of(lowPath));
    }

    /** Width times height. */
    public long pixels() {
      return (long) width * height;
    }
  }

  private final List<Source> sources;

  private PictureFolder(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Opens folders of pictures whose width and height are at least {@code smallest} pixels.
   *
   * @throws IOException if a folder is missing or no picture can be used; the message says which
   */
  public static PictureFolder open(List<Path> folders, int smallest) throws IOException {
    return large(folders, readable(folders), smallest);
  }

  /**
   * Opens folders of pictures and, for each, the folder of their low-resolution pictures: one for
   * every picture, under the same path with any ending, or with {@code x4} or {@code _x4} (the
   * scale) before the ending. A high-resolution picture may have up to scale - 1 pixels more at the
   * right and the bottom than the low resolution covers; they are cut off.
   *
   * @param low as many as {@code folders}
   * @throws IOException as {@link #open} does; also if a low-resolution picture is missing or has
   *     another size than it should
   */
  public static PictureFolder openPairs(List<Path> folders, List<Path> low, int scale, int smallest)
      throws IOException {
    if (low.size() != folders.size()) {
      throw new IllegalArgumentException(
          "%d folders of pictures, but %d of their low resolution"
              .formatted(folders.size(), low.size()));
    }
    List<Source> pairs = new ArrayList<>();
    for (int i = 0; i < folders.size(); i++) {
      Path folder = folders.get(i);
      pairs.addAll(LowFolder.pair(folder, readable(List.of(folder)), low.get(i), scale));
    }
    return large(folders, pairs, smallest);
  }

  private static List<Source> readable(List<Path> folders) throws IOException {
    List<Path> paths = list(folders);
    List<Source> readable =
        paths.stream().map(PictureFolder::measure).flatMap(Optional::stream).toList();
    if (readable.isEmpty()) {
      throw new IOException(
          "none of the %d pictures in %s can be read".formatted(paths.size(), names(folders)));
    }
    return readable;
  }

  private static PictureFolder large(List<Path> folders, List<Source> readable, int smallest)
      throws IOException {
    List<Source> large = readable.stream().filter(s -> fits(s, smallest)).toList();
    if (large.isEmpty()) {
      Source largest =
          readable.stream()
              .max(Comparator.comparingInt((Source s) -> Math.min(s.width(), s.height())))
              .orElseThrow();
      throw new IOException(
          "no picture in %s has %dx%d pixels for a crop: the best of %d, %s, has %dx%d"
              .formatted(
                  names(folders),
                  smallest,
                  smallest,
                  readable.size(),
                  largest.path().getFileName(),
                  largest.width(),
                  largest.height()));
    }
    warnOfSmall(readable.stream().filter(s -> !fits(s, smallest)).toList(), smallest);
    return new PictureFolder(large);
  }

  /**
   * The paths of all pictures in the folders and the folders within, by name only; names that begin
   * with a dot are passed over. A folder within that cannot be read, or is a link to one that it
   * lies in, is named in a warning and left out.
   *
   * @throws IOException if a folder is missing or there is no picture in any
   */
  public static List<Path> list(List<Path> folders) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IOException(
            Files.exists(folder)
                ? folder + " is a file, but a folder of pictures is wanted"
                : "the folder " + folder.toAbsolutePath() + " does not exist");
      }
      Walk walk = new Walk(folder);
      Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, walk);
      walk.found.sort(Comparator.comparing(path -> key(folder, path)));
      paths.addAll(walk.found);
    }
    if (paths.isEmpty()) {
      throw new IOException("there is no picture in " + names(folders));
    }
    return List.copyOf(paths);
  }

  /**
   * Requires every low-resolution picture to be our own bicubic shrink of its partner; those that
   * are not are named in a line each, with how far they are off. Decodes everything.
   *
   * @param threads threads that decode and compare
   * @throws IOException if one differs; the message says how many and names the first
   */
  public void requireShrunk(int scale, int threads) throws IOException {
    ShrinkCheck.require(sources, scale, threads);
  }

  /** The pictures that can be used, in their order. */
  public List<Source> sources() {
    return sources;
  }

  /**
   * So many of these pictures, spread evenly over their order.
   *
   * @param count 0 for all
   * @throws IOException if there are fewer
   */
  public PictureFolder some(int count) throws IOException {
    int all = sources.size();
    if (count > all) {
      throw new IOException(
          "%d pictures are wanted (data.pictures), but only %d can be used".formatted(count, all));
    }
    return count == 0
        ? this
        : new PictureFolder(
            IntStream.range(0, count)
                .mapToObj(i -> sources.get((int) ((long) i * all / count)))
                .toList());
  }

  /** Pixels of all pictures together. */
  public long pixels() {
    return sources.stream().mapToLong(Source::pixels).sum();
  }

  @Override
  public String toString() {
    String kind = sources.get(0).low().isPresent() ? "pairs of pictures" : "pictures";
    return "%d %s, %.1f megapixels".formatted(sources.size(), kind, pixels() / 1e6);
  }

  /** A picture by itself, if it can be read; if not, it is named in a warning. */
  static Optional<Source> measure(Path path) {
    try {
      Header header = Images.probe(path);
      return Optional.of(new Source(path, header.width(), header.height(), Optional.empty()));
    } catch (PictureException e) {
      LOG.warn("left out: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean fits(Source source, int smallest) {
    return Math.min(source.width(), source.height()) >= smallest;
  }

  private static void warnOfSmall(List<Source> small, int smallest) {
    if (small.isEmpty()) {
      return;
    }
    LOG.warn(
        "left out, too small for a crop of {}x{} pixels: {}",
        smallest,
        smallest,
        firstOf(small, s -> "%s (%dx%d)".formatted(s.path(), s.width(), s.height())));
  }

  /** The first few of a list, and how many more there are. */
  static <T> String firstOf(Collection<T> all, Function<T, String> name) {
    String first = all.stream().limit(NAMED).map(name).collect(Collectors.joining(", "));
    return all.size() > NAMED ? first + " and " + (all.size() - NAMED) + " more" : first;
  }

  /** Collects the pictures of a folder and of those within. */
  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path folder;
    private final List<Path> found = new ArrayList<>();

    Walk(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      return hidden(path) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && !hidden(path) && Images.isPicture(path)) {
        found.add(path);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
      if (path.equals(folder)) {
        throw new IOException("cannot list " + folder + ": " + reason(e), e);
      }
      if (!hidden(path)) {
        LOG.warn("left out: {}: {}", path, reason(e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException e) throws IOException {
      return e == null ? FileVisitResult.CONTINUE : visitFileFailed(path, e);
    }

    private boolean hidden(Path path) {
      return !path.equals(folder) && path.getFileName().toString().startsWith(".");
    }

    private static String reason(IOException e) {
      if (e instanceof FileSystemLoopException) {
        return "it is a link to a folder that it lies in";
      }
      return e instanceof AccessDeniedException ? "no permission to read it" : e.toString();
    }
  }

  /** What paths are ordered by: name by name, each by its characters' codes. */
  private static String key(Path folder, Path path) {
    StringBuilder key = new StringBuilder();
    for (Path name : folder.relativize(path)) {
      key.append(name).append('\0'); // sorts before every character of a name
    }
    return key.toString();
  }

  private static String names(List<Path> folders) {
    return folders.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
