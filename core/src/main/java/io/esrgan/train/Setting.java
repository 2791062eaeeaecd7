package io.esrgan.train;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Another value for a key of a recipe.
 *
 * @param key such as {@code data.batch}
 * @param items the value, or those of a list; none removes the key
 * @param list whether it is a list
 * @param place where it was given, for errors
 */
public record Setting(String key, List<String> items, boolean list, String place) {
  public Setting {
    items = List.copyOf(items);
  }

  /** As {@code --set} takes it: a blank text is no value, {@code [a, b]} a list. */
  public static Setting of(String key, String text) {
    String place = "--set " + key + "=" + text;
    String value = text.strip();
    boolean list = value.startsWith("[") && value.endsWith("]");
    String inner = list ? value.substring(1, value.length() - 1) : value;
    List<String> items =
        Arrays.stream(list ? inner.split(",", -1) : new String[] {inner})
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .toList();
    return new Setting(key, items, list, place);
  }

  /**
   * Its items as paths.
   *
   * @throws RecipeException if one is none, with the place where it was given
   */
  public List<Path> paths() throws RecipeException {
    List<Path> paths = new ArrayList<>();
    for (String item : items) {
      try {
        paths.add(Path.of(item));
      } catch (InvalidPathException e) {
        throw new RecipeException(
            "%s: %s is \"%s\", but must be a path (%s)".formatted(place, key, item, e.getReason()),
            e);
      }
    }
    return paths;
  }

  /** The same value for another key. */
  public Setting withKey(String other) {
    return new Setting(other, items, list, place);
  }

  /** Its value as {@code --set} takes it. */
  public String text() {
    return list ? items.toString() : String.join("", items);
  }
}
