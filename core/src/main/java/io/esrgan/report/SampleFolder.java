package io.esrgan.report;

import io.esrgan.file.Folders;
import io.esrgan.file.WholeFile;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.PictureException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the network made of the sample pictures at each validation.
 *
 * <pre>
 * NAME_low.png, NAME_original.png   the sample, written once
 * STEP/NAME.png                     what was made of it; the step has nine digits or more
 * </pre>
 *
 * <p>On resume, what was made at later steps than the checkpoint's is deleted: files of these names
 * and no other.
 */
final class SampleFolder {
  private static final int MOST_ROWS = 6;
  private static final int SIDE = 256; // pixels of a detail, so that a page stays below 4 MB
  private static final int STAGES = 8;
  private static final int STAGE_SIDE = 96;
  private static final String FOLDER_OF_STEP = "%09d";
  private static final String PNG = ".png";
  private static final String LOW = "_low.png";
  private static final String ORIGINAL = "_original.png";
  private static final Pattern STEP = Pattern.compile("\\d{9,18}");

  private final Path folder;
  private final Set<String> names = new LinkedHashSet<>();
  private final SortedSet<Long> steps = new TreeSet<>();
  private final Set<String> written = new HashSet<>(); // by this process
  private final Map<String, SampleRow> newest = new HashMap<>();
  private final Map<String, Map<Long, Embedded>> stages = new HashMap<>();

  private SampleFolder(Path folder) {
    this.folder = folder;
  }

  /** Opens the samples of a run of which {@code done} steps are kept; writes nothing. */
  static SampleFolder open(Path folder, long done) throws IOException {
    SampleFolder samples = new SampleFolder(folder);
    if (Files.isDirectory(folder)) {
      samples.find();
      samples.cut(done);
    }
    return samples;
  }

  private void find() throws IOException {
    for (Path entry : Folders.entries(folder)) {
      String file = entry.getFileName().toString();
      if (file.endsWith(ORIGINAL) && Files.isRegularFile(entry)) {
        String name = file.substring(0, file.length() - ORIGINAL.length());
        if (Files.isRegularFile(low(name))) {
          names.add(name);
        }
      } else if (STEP.matcher(file).matches()
          && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
          && entry.equals(ofStep(Long.parseLong(file)))) {
        steps.add(Long.parseLong(file));
      }
    }
  }

  private void cut(long done) throws IOException {
    SortedSet<Long> late = steps.tailSet(done + 1);
    for (long step : late) {
      for (Path entry : Folders.entries(ofStep(step))) {
        String file = entry.getFileName().toString();
        boolean own = WholeFile.isPart(file) || names.stream().anyMatch(n -> file.equals(n + PNG));
        if (own && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(entry);
        }
      }
      try {
        Files.delete(ofStep(step));
      } catch (DirectoryNotEmptyException e) {
        // Somebody put something there, and keeps it.
      }
    }
    late.clear();
  }

  /** Writes what was made at a step. */
  void write(long step, List<SamplePicture> pictures) throws IOException {
    requireDistinct(pictures);
    Files.createDirectories(ofStep(step));
    for (SamplePicture picture : pictures) {
      String name = picture.name();
      names.add(name);
      if (written.add(name)) {
        Images.write(picture.low(), low(name), true);
        Images.write(picture.original(), original(name), true);
      }
      Images.write(picture.made(), made(step, name), true);
    }
    steps.add(step);
    for (SamplePicture picture : pictures) {
      if (shown().contains(picture.name())) {
        newest.put(picture.name(), row(step, picture));
        stages(picture.name()).put(step, stage(picture.made()));
      }
    }
  }

  private static void requireDistinct(List<SamplePicture> pictures) {
    Set<String> given = new HashSet<>();
    for (SamplePicture picture : pictures) {
      if (!given.add(picture.name())) {
        throw new IllegalArgumentException("two samples are called '%s'".formatted(picture.name()));
      }
    }
  }

  /** How many samples there are. */
  int size() {
    return names.size();
  }

  /**
   * The first few samples. What this process did not write is read back; a file that is damaged or
   * gone is left out.
   */
  List<SampleRow> rows() {
    List<SampleRow> rows = new ArrayList<>();
    for (String name : shown()) {
      List<Long> made = steps.stream().filter(step -> Files.exists(made(step, name))).toList();
      Map<Long, Embedded> stages = stages(name);
      List<Long> chosen = spread(made);
      stages.keySet().retainAll(chosen);
      for (long step : chosen) {
        if (!stages.containsKey(step)) {
          read(made(step, name)).ifPresent(picture -> stages.put(step, stage(picture)));
        }
      }
      if (!newest.containsKey(name) && !made.isEmpty()) {
        readBack(name, made.get(made.size() - 1));
      }
      if (newest.containsKey(name)) {
        rows.add(newest.get(name).with(stages));
      }
    }
    return rows;
  }

  private List<String> shown() {
    return names.stream().limit(MOST_ROWS).toList();
  }

  private Map<Long, Embedded> stages(String name) {
    return stages.computeIfAbsent(name, n -> new TreeMap<>());
  }

  /** Every first, second, fourth ... of a list, so that few are left, and the last. */
  private static List<Long> spread(List<Long> all) {
    int stride = 1;
    while ((all.size() + stride - 1) / stride >= STAGES) {
      stride *= 2;
    }
    List<Long> few = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % stride == 0 || i == all.size() - 1) {
        few.add(all.get(i));
      }
    }
    return few;
  }

  private void readBack(String name, long step) {
    Optional<Picture> low = read(low(name));
    Optional<Picture> made = read(made(step, name));
    Optional<Picture> original = read(original(name));
    if (low.isPresent() && made.isPresent() && original.isPresent()) {
      try {
        newest.put(name, row(step, new SamplePicture(name, low.get(), made.get(), original.get())));
      } catch (IllegalArgumentException e) {
        // Somebody changed a file: its sizes do not fit.
      }
    }
  }

  private static Optional<Picture> read(Path file) {
    try {
      return Optional.of(Images.read(file));
    } catch (PictureException e) {
      return Optional.empty();
    }
  }

  private static SampleRow row(long step, SamplePicture picture) {
    int scale = picture.scale();
    Picture low = picture.low();
    int width = Math.min(low.width(), Math.max(1, SIDE / scale));
    int height = Math.min(low.height(), Math.max(1, SIDE / scale));
    int x = (low.width() - width) / 2;
    int y = (low.height() - height) / 2;
    return new SampleRow(
        picture.name(),
        FOLDER_OF_STEP.formatted(step) + "/" + picture.name() + PNG,
        step,
        scale,
        Embedded.of(low.crop(x, y, width, height)),
        Embedded.of(picture.made().crop(x * scale, y * scale, width * scale, height * scale)),
        Embedded.of(picture.original().crop(x * scale, y * scale, width * scale, height * scale)),
        List.of());
  }

  private static Embedded stage(Picture made) {
    return Embedded.of(Embedded.middle(made, STAGE_SIDE));
  }

  private Path low(String name) {
    return folder.resolve(name + LOW);
  }

  private Path original(String name) {
    return folder.resolve(name + ORIGINAL);
  }

  private Path ofStep(long step) {
    return folder.resolve(FOLDER_OF_STEP.formatted(step));
  }

  private Path made(long step, String name) {
    return ofStep(step).resolve(name + PNG);
  }
}
