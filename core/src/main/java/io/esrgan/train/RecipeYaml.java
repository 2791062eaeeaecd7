package io.esrgan.train;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a recipe's YAML apart into values by key, each with its line and column.
 *
 * <p>Of YAML only what a recipe needs: one document of sections, values and lists of values; no
 * aliases. What a value means is left to {@link RecipeValues}, so {@code 2e-4} is a number here,
 * which in YAML 1.1 it is not.
 */
final class RecipeYaml {
  private static final YAMLFactory FACTORY = YAMLFactory.builder().build();
  private static final Pattern PROBLEM =
      Pattern.compile("(?m)^(\\S.*)\\R in '.*', line ([0-9]+), column ([0-9]+)");

  private final YAMLParser parser;
  private final String origin;
  private final RecipeValues values;
  private final Map<String, String> seen = new HashMap<>(); // key to its place

  private RecipeYaml(YAMLParser parser, String origin) {
    this.parser = parser;
    this.origin = origin;
    this.values = new RecipeValues(origin);
  }

  static RecipeValues read(String yaml, String origin) throws RecipeException {
    try (YAMLParser parser = FACTORY.createParser(yaml)) {
      return new RecipeYaml(parser, origin).document();
    } catch (RecipeException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw syntax(origin, e);
    } catch (IOException e) {
      throw new RecipeException(origin + ": " + e.getMessage(), e);
    }
  }

  private RecipeValues document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new RecipeException(origin + ": the recipe is empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw error("a recipe is made of lines such as \"steps: 1000\"");
    }
    section("");
    if (parser.nextToken() != null) {
      throw error("a recipe is one document, but here a second one begins");
    }
    return values;
  }

  /** Reads to the end of a section whose beginning was just read. */
  private void section(String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = prefix + parser.currentName();
      String place = here();
      if (!RecipeKeys.isValue(key) && !RecipeKeys.isSection(key)) {
        throw error(RecipeKeys.unknown(key));
      }
      String before = seen.putIfAbsent(key, place);
      if (before != null) {
        throw error(key + " is given a second time, after " + before);
      }
      parser.nextToken();
      if (RecipeKeys.isSection(key)) {
        enter(key);
      } else {
        value(key);
      }
    }
  }

  private void enter(String key) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> section(key + ".");
      case VALUE_NULL -> {} // a section with all its lines commented out
      default -> throw error(key + " is a section with the keys " + RecipeKeys.members(key));
    }
  }

  private void value(String key) throws IOException {
    String place = here();
    switch (parser.currentToken()) {
      case START_OBJECT -> throw error(key + " is a value, not a section");
      case START_ARRAY -> {
        List<String> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(scalar().orElseThrow(() -> error(key + " has an item without a value")));
        }
        values.put(key, items, true, place);
      }
      default -> values.put(key, scalar().map(List::of).orElse(List.of()), false, place);
    }
  }

  /** The text of the current value, or nothing if it is null or blank. */
  private Optional<String> scalar() throws IOException {
    if (parser.isCurrentAlias()) {
      throw error("aliases (*" + parser.getText() + ") have no place in a recipe");
    }
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Optional.empty();
      case START_OBJECT, START_ARRAY -> throw error("a list in a recipe holds plain values only");
      default -> Optional.of(parser.getText().strip()).filter(text -> !text.isEmpty());
    };
  }

  /** What the parser says last is the problem; before that it says what it was doing. */
  private static RecipeException syntax(String origin, JsonProcessingException e) {
    String place = place(origin, e.getLocation());
    String problem = e.getOriginalMessage().lines().findFirst().orElse("this is not YAML");
    Matcher matcher = PROBLEM.matcher(e.getOriginalMessage());
    while (matcher.find()) {
      problem = matcher.group(1);
      place = "%s, line %s, column %s".formatted(origin, matcher.group(2), matcher.group(3));
    }
    return new RecipeException(place + ": " + problem, e);
  }

  private RecipeException error(String message) {
    return new RecipeException(here() + ": " + message);
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
