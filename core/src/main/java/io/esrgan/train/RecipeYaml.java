package io.esrgan.train;

import io.esrgan.text.Yaml;
import io.esrgan.text.YamlException;
import java.util.Map;

/**
 * Puts a recipe's YAML into values by key, each with its line and column. What a value means is
 * left to {@link RecipeValues}.
 */
final class RecipeYaml {
  private final RecipeValues values;

  private RecipeYaml(RecipeValues values) {
    this.values = values;
  }

  static RecipeValues read(String yaml, String origin) throws RecipeException {
    RecipeYaml reader = new RecipeYaml(new RecipeValues(origin));
    try {
      reader.section("", Yaml.read(yaml, origin, "recipe", "steps: 1000"));
    } catch (YamlException e) {
      throw new RecipeException(e.getMessage(), e);
    }
    return reader.values;
  }

  private void section(String prefix, Yaml.Section section) throws RecipeException {
    for (Map.Entry<String, Yaml.Entry> entry : section.entries().entrySet()) {
      String key = prefix + entry.getKey();
      if (RecipeKeys.isSection(key)) {
        enter(key, entry.getValue().content());
      } else if (RecipeKeys.isValue(key)) {
        value(key, entry.getValue().content());
      } else {
        throw error(entry.getValue().place(), RecipeKeys.unknown(key));
      }
    }
  }

  private void enter(String key, Yaml content) throws RecipeException {
    if (content instanceof Yaml.Section section) {
      section(key + ".", section);
    } else if (!(content instanceof Yaml.Value none) || !none.items().isEmpty() || none.list()) {
      throw error(content.place(), key + " is a section with the keys " + RecipeKeys.members(key));
    } // else it has all its lines commented out
  }

  private void value(String key, Yaml content) throws RecipeException {
    if (!(content instanceof Yaml.Value value)) {
      throw error(content.place(), key + " is a value, not a section");
    }
    values.put(key, value.items(), value.list(), value.place());
  }

  private static RecipeException error(String place, String message) {
    return new RecipeException(place + ": " + message);
  }
}
