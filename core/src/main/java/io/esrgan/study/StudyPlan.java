package io.esrgan.study;

import io.esrgan.train.Recipe;
import io.esrgan.train.Setting;
import io.esrgan.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The runs that a study comes to in a folder. A run that several rows have in common, such as the
 * PSNR-oriented stage before several GAN stages, is one, in the folder of the first of them.
 */
final class StudyPlan {
  /** What decides neither weights nor numbers. */
  private static final Set<String> FREE = Set.of("data.workers", "data.cache");

  private static final String EVERY = "every.";

  /**
   * One training run.
   *
   * @param title which row's and which stage, in words
   */
  record Run(String title, Path folder, Recipe recipe) {
    Path model() {
      return folder.resolve(Trainer.MODEL);
    }
  }

  /** A row, its folder, and its runs in their order; the last run's model is the row's. */
  record Planned(Study.Row row, Path folder, List<Run> runs) {
    Path model() {
      return runs.get(runs.size() - 1).model();
    }
  }

  private final Path folder;
  private final List<Planned> rows = new ArrayList<>();
  private final Map<String, Run> known = new LinkedHashMap<>(); // by recipes without their names

  /**
   * Resolves all recipes.
   *
   * @throws io.esrgan.train.RecipeException if something in one is wrong
   */
  StudyPlan(Study study, Path folder) throws IOException {
    this.folder = folder;
    for (Study.Row row : study.rows()) {
      rows.add(planned(row));
    }
    Set<Integer> scales =
        known.values().stream().map(run -> run.recipe().scale()).collect(Collectors.toSet());
    if (scales.size() > 1) {
      throw new IOException("the rows of a study have one scale, not " + scales);
    }
  }

  private Planned planned(Study.Row row) throws IOException {
    Path own = folder.resolve(row.name());
    List<Run> runs = new ArrayList<>();
    for (Study.Stage stage : row.stages()) {
      List<Setting> settings = new ArrayList<>(stage.settings());
      if (!runs.isEmpty()) {
        String start = runs.get(runs.size() - 1).model().toString();
        settings.add(new Setting("start", List.of(start), false, "the stage before"));
      }
      String alike = named(stage, settings, "run").toYaml();
      Run run = known.get(alike);
      if (run == null) {
        Recipe recipe = named(stage, settings, row.name() + "-" + stage.name());
        String title = row.name() + ", " + stage.name();
        run = new Run(title, own.resolve(stage.name()), recipe);
        known.put(alike, run);
      }
      runs.add(run);
    }
    return new Planned(row, own, runs);
  }

  private static Recipe named(Study.Stage stage, List<Setting> settings, String name)
      throws IOException {
    List<Setting> all = new ArrayList<>(settings);
    all.add(Setting.of("name", name));
    return Recipe.load(stage.recipe(), all);
  }

  List<Planned> rows() {
    return rows;
  }

  int scale() {
    return known.values().iterator().next().recipe().scale();
  }

  /** What a later stage needs should not be missed after hours of an earlier one. */
  void requireFeatures() throws IOException {
    for (Run run : known.values()) {
      run.recipe().requireFeatures();
    }
  }

  /**
   * The runs whose folders hold runs of other recipes, and those that begin from their results,
   * each with what differs.
   */
  Map<Run, String> changed() throws IOException {
    Map<Run, String> changed = new LinkedHashMap<>();
    for (Run run : known.values()) {
      Path written = run.folder().resolve(Trainer.RECIPE);
      if (!Files.isRegularFile(written)) {
        continue;
      }
      String difference = difference(written, run.recipe());
      if (!difference.isEmpty()) {
        changed.put(run, difference);
      } else if (changed.keySet().stream().anyMatch(other -> beginsFrom(run, other))) {
        changed.put(run, "it begins from one that differs");
      }
    }
    return changed;
  }

  private static boolean beginsFrom(Run run, Run other) {
    return run.recipe().start().filter(other.model()::equals).isPresent();
  }

  /** The folder of a study may have moved, or be named from elsewhere. */
  private boolean alike(String key, String before, String now) {
    if (key.equals("start") && before != null && now != null && Path.of(now).startsWith(folder)) {
      return Path.of(before).endsWith(folder.relativize(Path.of(now)));
    }
    return Objects.equals(before, now);
  }

  private String difference(Path written, Recipe recipe) throws IOException {
    Map<String, String> before =
        Recipe.parse(Files.readString(written), written.toString(), Map.of()).values();
    Map<String, String> now = recipe.values();
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    return keys.stream()
        .filter(key -> !FREE.contains(key) && !key.startsWith(EVERY))
        .filter(key -> !alike(key, before.get(key), now.get(key)))
        .map(
            key ->
                "%s was %s, is %s"
                    .formatted(
                        key, before.getOrDefault(key, "not set"), now.getOrDefault(key, "not set")))
        .collect(Collectors.joining("; "));
  }
}
