package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.data.TestPair;
import io.esrgan.file.WholeFile;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.report.ComparisonFigure;
import io.esrgan.report.ComparisonFigure.Crop;
import io.esrgan.report.ComparisonPage;
import io.esrgan.report.ComparisonPage.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures as several methods make them, side by side (Wang et al. 2018, figure 7), in a folder:
 * for each picture a figure {@code NAME.png} and a folder {@code NAME} with all that was made of it
 * whole, and {@code index.html}, which shows those together. Numbers are of whole pictures.
 *
 * <p>What a method made is written before the next one starts, so that one of them is in memory at
 * a time, beside the original and the crops.
 */
public final class Comparison {
  /** The page's name in the folder. */
  public static final String PAGE = "index.html";

  private static final int SHOWN = 128; // pixels of the square that is looked at
  private static final String ORIGINAL = "HR"; // as the paper calls it

  private final Path folder;
  private final int scale;
  private final List<Method> methods;
  private final List<Measure> measures;
  private final List<String> notes;
  private final ComparisonFigure figure = new ComparisonFigure();
  private final List<ComparisonPage.Comparison> compared = new ArrayList<>();

  /**
   * A comparison at one scale.
   *
   * @param folder is made where it is missing; what is there under the same names is replaced
   * @param notes of the models, for the foot of the page
   * @throws IOException if Java can draw no text on this machine
   */
  public Comparison(
      Path folder, int scale, List<Method> methods, List<Measure> measures, List<String> notes)
      throws IOException {
    this.folder = folder;
    this.scale = scale;
    this.methods = List.copyOf(methods);
    this.measures = List.copyOf(measures);
    this.notes = List.copyOf(notes);
  }

  /**
   * Compares one picture and writes its figure, and the page anew.
   *
   * @param picture a set of this picture alone; no other had its name, endings left out
   * @param region what is looked at; by default the square of 128 pixels with most texture
   * @return what the methods reached
   * @throws IllegalArgumentException if the region does not lie in the picture
   * @throws IOException if a picture cannot be read or written
   */
  public List<Result> add(Dataset picture, Optional<Region> region) throws IOException {
    TestPair pair = picture.read(0);
    Picture high = pair.high();
    Region mark = TexturedSquare.shown(region, pair, SHOWN);
    String stem = stem(pair.name());
    Files.createDirectories(folder.resolve(stem));
    if (compared.isEmpty()) {
      writePage(); // first of all: by it a later run knows the folder, should this one be killed
    }
    List<String> files = new ArrayList<>();
    List<Picture> crops = new ArrayList<>();
    keep(ORIGINAL, high, stem, mark, files, crops);
    List<Method> kept = new ArrayList<>();
    for (Method method : methods) {
      kept.add(
          method.by(
              low -> {
                Picture made = method.upscale(low);
                keep(method.name(), made, stem, mark, files, crops);
                return made;
              }));
    }
    List<Result> results;
    try {
      results = new Evaluation(scale, measures).lenient().run(kept, List.of(picture), result -> {});
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    List<Crop> shown = new ArrayList<>();
    int first = results.size() - methods.size(); // before it, the original's, if there is one
    Optional<Result> original = results.subList(0, first).stream().findFirst();
    shown.add(new Crop(ORIGINAL, crops.get(0), Caption.ofOriginal(original)));
    for (int i = 0; i < methods.size(); i++) {
      Result result = results.get(first + i);
      shown.add(new Crop(result.method(), crops.get(1 + i), Caption.of(result)));
    }
    Images.write(
        figure.draw(pair.name(), high, mark, shown, List.of(legend())),
        folder.resolve(stem + ".png"),
        true);
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < shown.size(); i++) {
      windows.add(new Window(shown.get(i).name(), files.get(i), shown.get(i).caption()));
    }
    compared.add(
        new ComparisonPage.Comparison(pair.name(), high.width(), high.height(), mark, windows));
    writePage();
    return results;
  }

  /** The name of a picture's figure and folder: its file's, without the ending. */
  public static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private void keep(
      String name,
      Picture made,
      String stem,
      Region mark,
      List<String> files,
      List<Picture> crops) {
    String safe = name.replaceAll("[^\\p{L}\\p{N}._-]+", "_");
    String file = String.format(Locale.ROOT, "%s/%d_%s.png", stem, files.size(), safe);
    try {
      Images.write(made, folder.resolve(file), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.add(file);
    crops.add(mark.of(made));
  }

  /** What a figure has room for: without the sums of the files that a measure depends on. */
  private String legend() {
    List<String> protocols =
        measures.stream()
            .map(measure -> measure.name() + ": " + measure.protocol().stamp())
            .toList();
    return String.format(
        Locale.ROOT, "x%d, numbers of the whole picture. %s.", scale, String.join("; ", protocols));
  }

  /** Writes the page of all that was compared so far. */
  private void writePage() throws IOException {
    List<String> foot = new ArrayList<>(List.of("Numbers are of whole pictures."));
    measures.forEach(measure -> foot.add(measure.name() + ": " + measure.detail()));
    foot.addAll(notes);
    byte[] page = new ComparisonPage("Compared at x" + scale, compared, foot).html();
    WholeFile.replace(folder.resolve(PAGE), page);
  }
}
