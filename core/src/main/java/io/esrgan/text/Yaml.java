package io.esrgan.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a YAML file, with the place where it begins, such as {@code my.yaml, line 3, column
 * 7}. Of YAML only what settings need: one document of sections, values and lists of values; no
 * aliases. What a value means is left to the reader, so {@code 2e-4} is a number here, which in
 * YAML 1.1 it is not.
 */
public sealed interface Yaml {
  String place();

  /** Named pieces in their order. */
  record Section(String place, Map<String, Entry> entries) implements Yaml {
    public Section {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** A named piece. The place is its name's. */
  record Entry(String place, Yaml content) {}

  /** A value's text, without an item where there is none, or the items of a list. */
  record Value(String place, List<String> items, boolean list) implements Yaml {
    public Value {
      items = List.copyOf(items);
    }
  }

  /**
   * Takes a text apart.
   *
   * @param origin what errors call the text
   * @param what it is, such as {@code recipe}
   * @param line one that it may have, to show what is wanted
   * @throws YamlException if it is not such YAML
   */
  static Section read(String text, String origin, String what, String line) throws YamlException {
    return YamlReader.read(text, origin, what, line);
  }
}
