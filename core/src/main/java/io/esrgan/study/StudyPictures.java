package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.data.TestPair;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.study.StudyPlan.Planned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The pictures that a study shows: which, what part of each, and what rows made of them. */
final class StudyPictures {
  private static final int SHOWN = 4; // unless they are named

  private final Path folder;
  private final int crop;
  private final List<Dataset> shown; // sets of one
  private final List<String> names = new ArrayList<>(); // of their files, without ending

  /**
   * Chooses.
   *
   * @param folder of the study
   * @throws IOException if one that is named is in no set
   */
  StudyPictures(Path folder, Study.Measuring measuring, List<Dataset> sets) throws IOException {
    this.folder = folder;
    this.crop = measuring.crop();
    List<Dataset> all = sets.stream().flatMap(set -> set.singles().stream()).toList();
    List<Dataset> chosen = new ArrayList<>();
    for (String name : measuring.show()) {
      chosen.add(
          all.stream()
              .filter(one -> one.name().equals(name) || stem(one).equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("measure.show: no test set has a picture " + name)));
    }
    int count = Math.min(SHOWN, all.size());
    for (int i = 0; measuring.show().isEmpty() && i < count; i++) {
      chosen.add(all.get(i * all.size() / count));
    }
    shown = List.copyOf(chosen);
    shown.forEach(one -> names.add(unlike(names, stem(one))));
  }

  /** A name, or the name with a number: pictures of different sets may have the same. */
  private static String unlike(List<String> taken, String name) {
    String other = name;
    for (int i = 2; taken.contains(other); i++) {
      other = name + "-" + i;
    }
    return other;
  }

  List<Dataset> shown() {
    return shown;
  }

  /** What a shown picture is called. */
  String name(Dataset one) {
    return names.get(shown.indexOf(one));
  }

  private static String stem(Dataset one) {
    return Comparison.stem(one.name());
  }

  /** The part that is shown: the square with most texture. */
  Region mark(Picture high) {
    return TexturedSquare.of(high, crop);
  }

  /** Where the original lies beside what was made of it. */
  Path original(Dataset one) {
    return folder.resolve("original").resolve(name(one) + ".png");
  }

  Path file(Planned row, Dataset one) {
    return row.folder().resolve("pictures").resolve(name(one) + ".png");
  }

  boolean areThere(Planned row) {
    return shown.stream()
        .allMatch(one -> Files.isRegularFile(file(row, one)) && Files.isRegularFile(original(one)));
  }

  /** Writes what a method makes of them, and the originals, which may be others than before. */
  void keep(Planned row, Method method) throws IOException {
    for (Dataset one : shown) {
      TestPair pair = one.read(0);
      write(method.upscale(pair.low()), file(row, one));
      write(pair.high(), original(one));
    }
  }

  private static void write(Picture picture, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Images.write(picture, file, true);
  }

  /** What a row made of a picture, or the original where there is no row. */
  Picture read(Optional<Planned> row, Dataset one) throws IOException {
    return Images.read(row.isPresent() ? file(row.get(), one) : original(one));
  }
}
