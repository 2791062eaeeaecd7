package io.esrgan.text;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link Yaml}. */
final class YamlReader {
  private static final YAMLFactory FACTORY = YAMLFactory.builder().build();
  private static final Pattern PROBLEM =
      Pattern.compile("(?m)^(\\S.*)\\R in '.*', line ([0-9]+), column ([0-9]+)");

  private final YAMLParser parser;
  private final String origin;
  private final String what;

  private YamlReader(YAMLParser parser, String origin, String what) {
    this.parser = parser;
    this.origin = origin;
    this.what = what;
  }

  static Yaml.Section read(String text, String origin, String what, String line)
      throws YamlException {
    try (YAMLParser parser = FACTORY.createParser(text)) {
      return new YamlReader(parser, origin, what).document(line);
    } catch (YamlException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw syntax(origin, e);
    } catch (IOException e) {
      throw new YamlException(origin + ": " + e.getMessage(), e);
    }
  }

  private Yaml.Section document(String line) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new YamlException("%s: the %s is empty".formatted(origin, what));
    }
    if (first != JsonToken.START_OBJECT) {
      throw error("a %s is made of lines such as \"%s\"".formatted(what, line));
    }
    Yaml.Section document = section("");
    if (parser.nextToken() != null) {
      throw error("a %s is one document, but here a second one begins".formatted(what));
    }
    return document;
  }

  /** Reads to the end of a section whose beginning was just read. */
  private Yaml.Section section(String prefix) throws IOException {
    String start = here();
    Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String place = here();
      if (entries.containsKey(name)) {
        throw error(
            "%s is given a second time, after %s"
                .formatted(prefix + name, entries.get(name).place()));
      }
      parser.nextToken();
      entries.put(name, new Yaml.Entry(place, content(prefix + name)));
    }
    return new Yaml.Section(start, entries);
  }

  private Yaml content(String key) throws IOException {
    String place = here();
    return switch (parser.currentToken()) {
      case START_OBJECT -> section(key + ".");
      case START_ARRAY -> new Yaml.Value(place, items(key), true);
      default -> new Yaml.Value(place, scalar().map(List::of).orElse(List.of()), false);
    };
  }

  private List<String> items(String key) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(scalar().orElseThrow(() -> error(key + " has an item without a value")));
    }
    return items;
  }

  /** The text of the current value, or nothing if it is null or blank. */
  private Optional<String> scalar() throws IOException {
    if (parser.isCurrentAlias()) {
      throw error("aliases (*%s) have no place in a %s".formatted(parser.getText(), what));
    }
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT, START_ARRAY ->
          throw error("a list in a %s holds plain values only".formatted(what));
      default -> Optional.of(parser.getText().strip()).filter(text -> !text.isEmpty());
    };
  }

  /** What the parser says last is the problem; before that it says what it was doing. */
  private static YamlException syntax(String origin, JsonProcessingException e) {
    String place = place(origin, e.getLocation());
    String problem = e.getOriginalMessage().lines().findFirst().orElse("this is not YAML");
    Matcher matcher = PROBLEM.matcher(e.getOriginalMessage());
    while (matcher.find()) {
      problem = matcher.group(1);
      place = "%s, line %s, column %s".formatted(origin, matcher.group(2), matcher.group(3));
    }
    return new YamlException(place + ": " + problem, e);
  }

  private YamlException error(String message) {
    return new YamlException(here() + ": " + message);
  }

  private String here() {
    return place(origin, parser.currentTokenLocation());
  }

  private static String place(String origin, JsonLocation location) {
    return location == null
        ? origin
        : "%s, line %d, column %d".formatted(origin, location.getLineNr(), location.getColumnNr());
  }
}
