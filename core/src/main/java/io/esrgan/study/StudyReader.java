package io.esrgan.study;

import io.esrgan.study.Study.Measuring;
import io.esrgan.study.Study.Row;
import io.esrgan.study.Study.Stage;
import io.esrgan.text.Spelling;
import io.esrgan.text.Yaml;
import io.esrgan.text.YamlException;
import io.esrgan.train.Recipe;
import io.esrgan.train.RecipeException;
import io.esrgan.train.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a study of its YAML. */
final class StudyReader {
  private static final List<String> KEYS =
      List.of("name", "title", "stages", "set", "measure", "rows");
  private static final List<String> OF_ROWS = List.of("title", "from", "stages", "set");
  private static final List<String> OF_MEASURE = List.of("sets", "show", "crop");
  private static final String MEASURE = "measure.";
  private static final String NONE = "none"; // the row that a row differs from

  /** What is no row's name: no row at all, and what else stands in tables and in the folder. */
  private static final Set<String> TAKEN = Set.of(NONE, "original", "bicubic");

  private static final String WORD = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*";
  private static final String PLAIN =
      "[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*"; // no name of a report's file
  private static final String PICTURES = "pictures"; // a row's, beside its stages
  private static final int SHOWN = 96; // pixels a side

  private final String origin;
  private final Optional<Path> file;
  private final List<Setting> overrides;
  private final Map<String, String> recipes = new LinkedHashMap<>(); // by stage

  /**
   * @param origin what errors call the study
   * @param file where it lies; recipes that it names lie beside it
   * @param overrides as the command line has them
   */
  StudyReader(String origin, Optional<Path> file, List<Setting> overrides) {
    this.origin = origin;
    this.file = file;
    this.overrides = overrides;
  }

  Study read(String text) throws RecipeException {
    Map<String, Yaml.Entry> all;
    try {
      all = Yaml.read(text, origin, "study", "name: mine").entries();
    } catch (YamlException e) {
      throw new RecipeException(e.getMessage(), e);
    }
    requireKnown(all, "", "a study", KEYS);
    for (Map.Entry<String, Yaml.Entry> stage : section(all, "stages").entrySet()) {
      addStage(stage.getKey(), stage.getValue());
    }
    List<Setting> common = all.containsKey("set") ? settings(all.get("set").content()) : List.of();
    List<Setting> forced = overrides.stream().filter(o -> !o.key().startsWith(MEASURE)).toList();
    for (Setting setting : forced) {
      requireFree(setting);
    }
    List<Row> rows = rows(section(all, "rows"), common, forced);
    String name = text(all, "name").orElseThrow(() -> missing("name", "a word for its folder"));
    if (!name.matches(WORD)) {
      throw wrong(
          all.get("name").content().place(), "name", name, "letters, digits, '.', '-' and '_'");
    }
    return new Study(name, text(all, "title").orElse(name), rows, measuring(all));
  }

  private void addStage(String stage, Yaml.Entry entry) throws RecipeException {
    if (!stage.matches(PLAIN) || stage.equals(PICTURES) || Recipe.isKey(stage)) {
      throw new RecipeException(
          "%s: a stage cannot be called \"%s\": give letters and digits, no key of a recipe, and not pictures"
              .formatted(entry.place(), stage));
    }
    String recipe = one(entry.content(), "stages." + stage, "the name of a recipe");
    recipes.put(stage, resolved(recipe));
  }

  /** A built-in recipe, or a file beside the study's. */
  private String resolved(String recipe) {
    return file.isEmpty() || Recipe.builtIn().contains(recipe)
        ? recipe
        : file.get().resolveSibling(recipe).toString();
  }

  private List<Row> rows(
      Map<String, Yaml.Entry> entries, List<Setting> common, List<Setting> forced)
      throws RecipeException {
    Map<String, List<Setting>> known = new HashMap<>(Map.of(NONE, common)); // by row
    String above = NONE;
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Yaml.Entry> entry : entries.entrySet()) {
      String name = entry.getKey();
      if (!name.matches(PLAIN) || TAKEN.contains(name)) {
        throw wrong(
            entry.getValue().place(),
            "a row's name",
            name,
            "letters, digits, '-' and '_', and not one of " + words(new TreeSet<>(TAKEN)));
      }
      Map<String, Yaml.Entry> row = entries(entry.getValue().content(), "rows." + name);
      requireKnown(row, "rows." + name + ".", "a row", OF_ROWS);
      String from = text(row, "from").orElse(above);
      if (!known.containsKey(from)) {
        throw wrong(row.get("from").content().place(), "from", from, "none or a row above");
      }
      List<Setting> changes =
          row.containsKey("set") ? settings(row.get("set").content()) : List.of();
      known.put(name, joined(known.get(from), changes));
      rows.add(
          new Row(
              name,
              text(row, "title").orElse(name),
              changes,
              stages(row, joined(known.get(name), forced))));
      above = name;
    }
    return rows;
  }

  private List<Stage> stages(Map<String, Yaml.Entry> row, List<Setting> settings)
      throws RecipeException {
    List<Stage> stages = new ArrayList<>();
    List<String> declared = List.copyOf(recipes.keySet());
    int last = -1;
    for (String name : texts(row, "stages").orElse(declared)) {
      int index = declared.indexOf(name);
      if (index <= last) { // none, given before, or out of its turn
        throw wrong(
            row.get("stages").content().place(),
            "stages",
            words(texts(row, "stages").orElseThrow()),
            "some of %s, each once, in this order".formatted(words(declared)));
      }
      last = index;
      List<Setting> own = new ArrayList<>();
      for (Setting setting : settings) {
        String stage = stageOf(setting.key());
        if (stage.isEmpty()) {
          own.add(setting);
        } else if (stage.equals(name)) {
          own.add(setting.withKey(setting.key().substring(stage.length() + 1)));
        }
      }
      stages.add(new Stage(name, recipes.get(name), own));
    }
    return stages;
  }

  /** The stage that a setting is for alone, or none where it is for all. */
  private String stageOf(String key) {
    String first = key.substring(0, Math.max(0, key.indexOf('.')));
    return recipes.containsKey(first) ? first : "";
  }

  private Measuring measuring(Map<String, Yaml.Entry> all) throws RecipeException {
    Map<String, Yaml.Entry> told = new LinkedHashMap<>();
    if (all.containsKey("measure")) {
      told.putAll(entries(all.get("measure").content(), "measure"));
    }
    for (Setting setting : overrides) {
      if (setting.key().startsWith(MEASURE)) {
        Yaml value = new Yaml.Value(setting.place(), setting.items(), setting.list());
        told.put(setting.key().substring(MEASURE.length()), new Yaml.Entry(setting.place(), value));
      }
    }
    requireKnown(told, MEASURE, "measure", OF_MEASURE);
    List<String> named = texts(told, "sets").orElse(List.of());
    if (named.isEmpty()) {
      throw missing("measure.sets", "folders of test pictures: --set measure.sets=[Set5,Set14]");
    }
    String place = told.get("sets").content().place();
    List<Path> sets = new Setting(MEASURE + "sets", named, true, place).paths();
    return new Measuring(sets, texts(told, "show").orElse(List.of()), crop(told));
  }

  private int crop(Map<String, Yaml.Entry> told) throws RecipeException {
    String text = text(told, "crop").orElse(Integer.toString(SHOWN));
    if (!text.matches("[1-9][0-9]{0,3}")) {
      throw wrong(
          told.get("crop").content().place(), "measure.crop", text, "from 1 to 9999 pixels");
    }
    return Integer.parseInt(text);
  }

  /** The settings of a section, with the keys of sections within it in front of their own. */
  private List<Setting> settings(Yaml content) throws RecipeException {
    List<Setting> settings = new ArrayList<>();
    collect("", content, settings);
    return settings;
  }

  private void collect(String prefix, Yaml content, List<Setting> to) throws RecipeException {
    for (Map.Entry<String, Yaml.Entry> entry : entries(content, "set").entrySet()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().content() instanceof Yaml.Value value) {
        Setting setting = new Setting(key, value.items(), value.list(), value.place());
        requireFree(setting);
        to.add(setting);
      } else {
        collect(key + ".", entry.getValue().content(), to);
      }
    }
  }

  /** A run's name and where a later stage begins are the study's to say. */
  private void requireFree(Setting setting) throws RecipeException {
    String stage = stageOf(setting.key());
    String key = stage.isEmpty() ? setting.key() : setting.key().substring(stage.length() + 1);
    boolean first = recipes.keySet().iterator().next().equals(stage) || recipes.size() == 1;
    if (key.equals("name") || (key.equals("start") && !first)) {
      throw new RecipeException(
          "%s: %s is set by the study itself; leave it out".formatted(setting.place(), key));
    }
  }

  private Map<String, Yaml.Entry> section(Map<String, Yaml.Entry> all, String key)
      throws RecipeException {
    if (!all.containsKey(key)) {
      throw missing(key, key.equals("rows") ? "named rows" : "names of recipes, by stage");
    }
    Map<String, Yaml.Entry> entries = entries(all.get(key).content(), key);
    if (entries.isEmpty()) {
      throw missing(key, "at least one");
    }
    return entries;
  }

  private static Map<String, Yaml.Entry> entries(Yaml content, String key) throws RecipeException {
    if (content instanceof Yaml.Section section) {
      return section.entries();
    }
    if (content instanceof Yaml.Value none && none.items().isEmpty() && !none.list()) {
      return Map.of(); // all its lines are commented out
    }
    throw new RecipeException("%s: %s is a section, not a value".formatted(content.place(), key));
  }

  private static void requireKnown(
      Map<String, Yaml.Entry> entries, String prefix, String what, List<String> known)
      throws RecipeException {
    for (Map.Entry<String, Yaml.Entry> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new RecipeException(
            "%s: the key %s is not known; %s"
                .formatted(
                    entry.getValue().place(),
                    prefix + entry.getKey(),
                    Spelling.nearest(entry.getKey(), known)
                        .map(near -> "did you mean %s?".formatted(prefix + near))
                        .orElse(what + " has " + words(known))));
      }
    }
  }

  private static Optional<String> text(Map<String, Yaml.Entry> entries, String key)
      throws RecipeException {
    return entries.containsKey(key)
        ? Optional.of(one(entries.get(key).content(), key, "one value"))
        : Optional.empty();
  }

  private static Optional<List<String>> texts(Map<String, Yaml.Entry> entries, String key)
      throws RecipeException {
    if (!entries.containsKey(key)) {
      return Optional.empty();
    }
    if (entries.get(key).content() instanceof Yaml.Value value) {
      return Optional.of(value.items()).filter(items -> !items.isEmpty());
    }
    throw new RecipeException(
        "%s: %s is a value or a list of values".formatted(entries.get(key).place(), key));
  }

  private static String one(Yaml content, String key, String must) throws RecipeException {
    if (content instanceof Yaml.Value value && !value.list() && value.items().size() == 1) {
      return value.items().get(0);
    }
    throw new RecipeException("%s: %s must be %s".formatted(content.place(), key, must));
  }

  private RecipeException missing(String key, String must) {
    return new RecipeException("%s: %s is not set: it must be %s".formatted(origin, key, must));
  }

  private static RecipeException wrong(String place, String key, String value, String must) {
    return new RecipeException(
        "%s: %s is \"%s\", but must be %s".formatted(place, key, value, must));
  }

  private static String words(Iterable<String> words) {
    return String.join(", ", words);
  }

  private static List<Setting> joined(List<Setting> first, List<Setting> second) {
    List<Setting> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
