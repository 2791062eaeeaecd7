package io.esrgan.study;

import io.esrgan.text.Spelling;
import io.esrgan.train.RecipeException;
import io.esrgan.train.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ablation: training runs that differ in a few settings each, and what they are measured on.
 *
 * <p>A study is a YAML file, read as strictly as a recipe. Its stages are recipes, each begun from
 * the result of the one before; its rows are named, and differ from the row above, or another one,
 * in settings of those recipes.
 *
 * @param title what it asks, in a line
 * @param rows in their order, at least one
 */
public record Study(String name, String title, List<Row> rows, Measuring measuring) {
  /** The files of the folder {@code studies}, in alphabetical order. */
  public static final List<String> BUILT_IN = List.of("figure-8", "initialisation");

  private static final String FOLDER = "/io/esrgan/studies/";

  public Study {
    rows = List.copyOf(rows);
  }

  /**
   * One variant.
   *
   * @param title what stands over its pictures; short
   * @param changes the settings in which it differs from the row that it is based on
   * @param stages what it trains, one after the other
   */
  public record Row(String name, String title, List<Setting> changes, List<Stage> stages) {
    public Row {
      changes = List.copyOf(changes);
      stages = List.copyOf(stages);
    }
  }

  /**
   * One training run of a row.
   *
   * @param recipe which one it is based on, as {@link io.esrgan.train.Recipe#load} finds it
   * @param settings all in which it differs from that, later ones over earlier ones
   */
  public record Stage(String name, String recipe, List<Setting> settings) {
    public Stage {
      settings = List.copyOf(settings);
    }
  }

  /**
   * What rows are measured on.
   *
   * @param sets folders of test pictures
   * @param show names of pictures of these sets that are shown; none for a few of all
   * @param crop side of the square that is shown of each, in pixels
   */
  public record Measuring(List<Path> sets, List<String> show, int crop) {
    public Measuring {
      sets = List.copyOf(sets);
      show = List.copyOf(show);
    }
  }

  /**
   * Reads a study.
   *
   * @param nameOrFile a built-in study such as {@code figure-8}, or the path of a YAML file
   * @param overrides settings of all rows, over their own; of the study, {@code measure.sets} and
   *     the like
   * @throws RecipeException if there is no such study or something in it is wrong
   */
  public static Study load(String nameOrFile, Map<String, String> overrides) throws IOException {
    List<Setting> settings =
        overrides.entrySet().stream().map(o -> Setting.of(o.getKey(), o.getValue())).toList();
    if (BUILT_IN.contains(nameOrFile)) {
      return new StudyReader("study " + nameOrFile, Optional.empty(), settings)
          .read(text(nameOrFile));
    }
    Path file = file(nameOrFile);
    return new StudyReader(nameOrFile, Optional.of(file), settings).read(text(nameOrFile));
  }

  /**
   * The text of a study, comments included, to be shown or to be copied and changed.
   *
   * @throws RecipeException if there is no such study
   */
  public static String text(String nameOrFile) throws IOException {
    if (BUILT_IN.contains(nameOrFile)) {
      try (InputStream in = Study.class.getResourceAsStream(FOLDER + nameOrFile + ".yaml")) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    Path file = file(nameOrFile);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new RecipeException(file + " is not UTF-8 text, so it is no study", e);
    }
  }

  private static Path file(String nameOrFile) throws RecipeException {
    Path file;
    try {
      file = Path.of(nameOrFile);
    } catch (InvalidPathException e) {
      throw new RecipeException(
          "\"" + nameOrFile + "\" is no path of a study: " + e.getReason(), e);
    }
    if (Files.isRegularFile(file)) {
      return file;
    }
    throw new RecipeException(
        "there is no study %s; %s"
            .formatted(
                nameOrFile,
                Spelling.nearest(nameOrFile, BUILT_IN)
                    .map("did you mean %s?"::formatted)
                    .orElse("name a YAML file or one of " + String.join(", ", BUILT_IN))));
  }
}
