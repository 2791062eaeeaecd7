package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of low-resolution pictures of the user's own, and which picture there belongs to which
 * high-resolution one.
 *
 * <p>The partner of {@code a/b.png} is {@code a/b}, {@code a/bx4} (as in DIV2K) or {@code a/b_x4},
 * where 4 is the scale, with any ending; the first of these that is there. Of several endings the
 * same one is preferred.
 */
final class LowFolder {
  private static final Logger LOG = LoggerFactory.getLogger(LowFolder.class);

  private final Path folder;
  private final int scale;
  private final Map<Path, List<Path>> byStem = new HashMap<>(); // by relative path, no ending
  private final Set<Path> unused;

  private LowFolder(Path folder, int scale) throws IOException {
    this.folder = folder;
    this.scale = scale;
    this.unused = new LinkedHashSet<>(PictureFolder.list(List.of(folder)));
    for (Path path : unused) {
      byStem.computeIfAbsent(stem(folder.relativize(path)), key -> new ArrayList<>()).add(path);
    }
  }

  /**
   * The pictures of a folder with their partners; a pair whose partner cannot be read is named in a
   * warning and left out.
   *
   * @throws IOException if a partner is missing or has another size than it should, or the folders
   *     cannot be what they are given for; the message says how many and names the first
   */
  static List<Source> pair(Path highFolder, List<Source> high, Path lowFolder, int scale)
      throws IOException {
    LowFolder low = new LowFolder(lowFolder, scale);
    requireApart(highFolder, lowFolder);
    List<Source> pairs = new ArrayList<>();
    List<Path> lonely = new ArrayList<>();
    for (Source source : high) {
      Path name = highFolder.relativize(source.path());
      low.take(name).ifPresentOrElse(it -> pairs.add(source.with(it)), () -> lonely.add(name));
    }
    if (!lonely.isEmpty()) {
      throw low.missing(lonely, high.size(), highFolder);
    }
    low.noteUnused();
    return low.readable(pairs);
  }

  private static void requireApart(Path high, Path low) throws IOException {
    Path highPlace = high.toRealPath();
    Path lowPlace = low.toRealPath();
    if (highPlace.equals(lowPlace)) {
      throw new IOException(
          "%s is given for both the high and the low resolution: name two folders".formatted(high));
    }
    if (highPlace.startsWith(lowPlace) || lowPlace.startsWith(highPlace)) {
      throw new IOException(
          "one of %s and %s lies within the other: high and low resolution need folders apart"
              .formatted(high, low));
    }
  }

  /** The partner of a picture, given by its path in its folder; no picture has two partners. */
  private Optional<Path> take(Path name) throws IOException {
    Optional<Path> partner = Optional.empty();
    for (String suffix : suffixes()) {
      if (partner.isEmpty()) {
        List<Path> found = byStem.getOrDefault(suffixed(name, suffix), List.of());
        partner = choose(name, found.stream().filter(unused::contains).toList());
      }
    }
    partner.ifPresent(unused::remove);
    return partner;
  }

  private static Optional<Path> choose(Path name, List<Path> found) throws IOException {
    if (found.size() <= 1) {
      return found.stream().findFirst();
    }
    Optional<Path> sameEnding =
        found.stream().filter(path -> ending(path).equals(ending(name))).findFirst();
    if (sameEnding.isEmpty()) {
      throw new IOException(
          "both %s and %s could be the low resolution of %s: take one away"
              .formatted(found.get(0), found.get(1), name));
    }
    return sameEnding;
  }

  private List<String> suffixes() {
    return List.of("", "x" + scale, "_x" + scale);
  }

  private IOException missing(List<Path> lonely, int pictures, Path highFolder) {
    Path first = lonely.get(0);
    boolean swapped = suffixes().stream().skip(1).anyMatch(s -> hasWithout(first, s));
    String remedy =
        swapped
            ? "high and low resolution seem to be swapped"
            : "it should be called %s, with the ending of any picture"
                .formatted(
                    String.join(
                        ", or ",
                        suffixes().stream().map(s -> suffixed(first, s).toString()).toList()));
    return new IOException(
        "%d of %d pictures in %s have no low resolution in %s: %s; %s"
            .formatted(
                lonely.size(),
                pictures,
                highFolder,
                folder,
                PictureFolder.firstOf(lonely, Path::toString),
                remedy));
  }

  /** Whether there is a picture called as this one without a suffix that it has. */
  private boolean hasWithout(Path name, String suffix) {
    String stem = stem(name).getFileName().toString();
    return stem.endsWith(suffix)
        && byStem.containsKey(
            name.resolveSibling(stem.substring(0, stem.length() - suffix.length())));
  }

  private void noteUnused() {
    if (!unused.isEmpty()) {
      LOG.info(
          "{} pictures in {} belong to no high-resolution picture and are not used: {}",
          unused.size(),
          folder,
          PictureFolder.firstOf(unused, path -> folder.relativize(path).toString()));
    }
  }

  /** The pairs whose low resolution can be read; all of them must have the size they should. */
  private List<Source> readable(List<Source> pairs) throws IOException {
    List<Source> readable = new ArrayList<>();
    List<String> unfit = new ArrayList<>();
    for (Source pair : pairs) {
      Optional<Source> low = PictureFolder.measure(pair.low().orElseThrow());
      if (low.isPresent()) {
        readable.add(pair);
        if (!covers(pair, low.get())) {
          unfit.add(unfit(pair, low.get()));
        }
      }
    }
    if (!unfit.isEmpty()) {
      throw new IOException(
          "%s (%d of %d pairs do not fit)".formatted(unfit.get(0), unfit.size(), readable.size()));
    }
    if (readable.isEmpty()) {
      throw new IOException(
          "none of the %d pictures in %s can be read".formatted(pairs.size(), folder));
    }
    return readable;
  }

  private boolean covers(Source large, Source small) {
    return small.width() == large.width() / scale && small.height() == large.height() / scale;
  }

  private String unfit(Source high, Source low) {
    if (low.width() > high.width() && covers(low, high)) {
      return "%s is %d times as large as %s: high and low resolution are swapped"
          .formatted(low.path(), scale, high.path());
    }
    return "%s has %dx%d pixels, but %s has %dx%d, which at scale %d make %dx%d"
        .formatted(
            low.path(),
            low.width(),
            low.height(),
            high.path(),
            high.width(),
            high.height(),
            scale,
            high.width() / scale,
            high.height() / scale);
  }

  private static Path suffixed(Path name, String suffix) {
    Path stem = stem(name);
    return stem.resolveSibling(stem.getFileName() + suffix);
  }

  private static Path stem(Path name) {
    String file = name.getFileName().toString();
    return name.resolveSibling(file.substring(0, file.lastIndexOf('.')));
  }

  private static String ending(Path path) {
    String file = path.getFileName().toString();
    return file.substring(file.lastIndexOf('.'));
  }
}
