package io.esrgan.train;

import io.esrgan.exec.Memory;
import io.esrgan.text.Spelling;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The values of a recipe by key, as text, each with the place where it was written; asked for by
 * type, and answered with an error that names the place if the text is no such thing.
 */
final class RecipeValues {
  /** Sections that are for one loss. */
  private static final Map<String, String> LOSS_OF =
      Map.of(
          "perceptual", "loss.perceptual",
          "texture", "loss.texture",
          "adversarial", "loss.adversarial",
          "discriminator", "loss.adversarial");

  private static final String UNITS = "bkmgt"; // each 1024 times the one before

  /** One value: its items (one unless it is a list), or no items where none was given. */
  private record Value(List<String> items, boolean list, String place) {}

  private final String origin;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();

  RecipeValues(String origin) {
    this.origin = origin;
  }

  void put(String key, List<String> items, boolean list, String place) {
    values.put(key, new Value(items, list, place));
  }

  /** Replaces a value, or removes it where the setting has none. */
  void override(Setting setting) throws RecipeException {
    String key = setting.key();
    if (RecipeKeys.isSection(key)) {
      throw new RecipeException(
          "%s: %s is a section; set one of its keys: %s"
              .formatted(setting.place(), key, RecipeKeys.members(key)));
    }
    if (!RecipeKeys.isValue(key)) {
      throw new RecipeException(setting.place() + ": " + RecipeKeys.unknown(key));
    }
    if (key.equals(RecipeKeys.BASE)) {
      throw new RecipeException(setting.place() + ": a recipe's base is named in its file");
    }
    if (setting.items().isEmpty() && !setting.list()) {
      values.remove(key);
    } else {
      put(key, setting.items(), setting.list(), setting.place());
    }
  }

  /**
   * Adds what another recipe says and this one does not. A section is taken as a whole: none of the
   * other's where this has some of its keys.
   */
  void inherit(RecipeValues base) {
    Set<String> said = new HashSet<>();
    values.keySet().forEach(key -> said.add(part(key)));
    base.values.forEach(
        (key, value) -> {
          if (!said.contains(part(key))) {
            values.put(key, value);
          }
        });
  }

  /** The section of a key, or the key itself where it is in none. */
  private static String part(String key) {
    String section = RecipeKeys.section(key);
    return section.isEmpty() ? key : section;
  }

  boolean has(String key) {
    asked.add(key);
    return values.containsKey(key) && !values.get(key).items().isEmpty();
  }

  String text(String key) throws RecipeException {
    return one(key, "one value");
  }

  Path path(String key) throws RecipeException {
    return path(key, text(key));
  }

  Optional<Path> optionalPath(String key) throws RecipeException {
    return has(key) ? Optional.of(path(key)) : Optional.empty();
  }

  List<Path> paths(String key) throws RecipeException {
    if (!has(key)) {
      throw missing(
          key, "name a folder with --set " + key + "=FOLDER, or write one into the recipe's file");
    }
    List<Path> paths = new ArrayList<>();
    for (String item : values.get(key).items()) {
      paths.add(path(key, item));
    }
    return paths;
  }

  long integer(String key, long otherwise) throws RecipeException {
    return has(key) ? integer(key) : otherwise;
  }

  long integer(String key) throws RecipeException {
    String must = "a whole number";
    return integer(key, one(key, must), must);
  }

  /** A whole number that is counted in ints. */
  int count(String key, int otherwise) throws RecipeException {
    return has(key) ? count(key) : otherwise;
  }

  int count(String key) throws RecipeException {
    long value = integer(key);
    if (value != (int) value) {
      throw wrong(key, "%s is %d, but must be at most %d".formatted(key, value, Integer.MAX_VALUE));
    }
    return (int) value;
  }

  /** Whole numbers, of which an empty list has none. */
  List<Long> integers(String key) throws RecipeException {
    String must = "whole numbers, such as [200000, 400000]";
    if (!has(key) && !(values.containsKey(key) && values.get(key).list())) {
      throw missing(key, "it must be " + must);
    }
    List<Long> numbers = new ArrayList<>();
    for (String item : values.get(key).items()) {
      numbers.add(integer(key, item, must));
    }
    return numbers;
  }

  /** Words, such as {@code [conv3_4, conv5_4]}. */
  List<String> texts(String key) throws RecipeException {
    if (!has(key)) {
      throw missing(key, "it must be a list of words");
    }
    return values.get(key).items();
  }

  List<Double> numbers(String key) throws RecipeException {
    String must = "numbers, such as [0.1, 1.0]";
    List<Double> numbers = new ArrayList<>();
    for (String item : texts(key)) {
      numbers.add(decimal(key, item, must));
    }
    return numbers;
  }

  double number(String key, double otherwise) throws RecipeException {
    return has(key) ? number(key) : otherwise;
  }

  double number(String key) throws RecipeException {
    String must = "a number";
    return decimal(key, one(key, must), must);
  }

  private double decimal(String key, String text, String must) throws RecipeException {
    return decimal(text)
        .map(BigDecimal::doubleValue)
        .filter(Double::isFinite)
        .orElseThrow(() -> not(key, text, must));
  }

  boolean flag(String key, boolean otherwise) throws RecipeException {
    if (!has(key)) {
      return otherwise;
    }
    String must = "true or false";
    String text = one(key, must);
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw not(key, text, must);
    };
  }

  <E extends Enum<E>> E choice(String key, Class<E> kind, E otherwise) throws RecipeException {
    return has(key) ? choice(key, kind) : otherwise;
  }

  <E extends Enum<E>> E choice(String key, Class<E> kind) throws RecipeException {
    List<String> words = Words.of(kind);
    String word = word(key, words);
    return kind.getEnumConstants()[words.indexOf(word)];
  }

  /** One of several words. */
  String word(String key, List<String> words) throws RecipeException {
    String must = words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    String text = one(key, must);
    if (!words.contains(text)) {
      String hint = Spelling.nearest(text, words).map("; did you mean %s?"::formatted).orElse("");
      throw wrong(key, "%s is \"%s\", but must be %s%s".formatted(key, text, must, hint));
    }
    return text;
  }

  /** A size in bytes, such as 512m, or 0 for auto, which it is if it is not given. */
  long size(String key) throws RecipeException {
    String must = "auto or a size such as 512m or 2g";
    String text = has(key) ? one(key, must).toLowerCase(Locale.ROOT) : "auto";
    if (text.equals("auto")) {
      return 0;
    }
    try {
      return Memory.parse(text);
    } catch (IllegalArgumentException e) {
      throw not(key, text, must);
    }
  }

  /** How a size is written, in the largest unit that divides it. */
  static String sizeText(long bytes) {
    if (bytes == 0) {
      return "auto";
    }
    int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, 4);
    return Long.toString(bytes >> (10 * unit)) + UNITS.charAt(unit);
  }

  /**
   * Refuses a key that was given but has no meaning: beside the type of its section, because the
   * loss that its section is for has no weight, or because nothing is degraded.
   */
  void requireAllAsked() throws RecipeException {
    for (Map.Entry<String, Value> entry : values.entrySet()) {
      String key = entry.getKey();
      if (!asked.contains(key) && !entry.getValue().items().isEmpty()) {
        String loss = LOSS_OF.get(RecipeKeys.section(key));
        if (loss != null && !has(loss)) {
          throw wrong(key, "%s has no meaning without %s: give that a weight".formatted(key, loss));
        }
        if (key.startsWith(DegradationKeys.SECTION)) {
          throw wrong(
              key,
              "%s has no meaning without data.degradation: make that %s"
                  .formatted(key, RecipeReader.REAL_ESRGAN));
        }
        boolean ofBlock =
            key.startsWith("network.") && asked.contains("network.block") && has("network.block");
        String type = ofBlock ? "network.block" : RecipeKeys.section(key) + ".type";
        throw wrong(key, "%s does not go with %s: %s".formatted(key, type, text(type)));
      }
    }
  }

  /** An error about a key, at the place where it was given, if it was. */
  RecipeException wrong(String key, String message) {
    Value value = values.get(key);
    return new RecipeException((value == null ? origin : value.place()) + ": " + message);
  }

  private String one(String key, String must) throws RecipeException {
    if (!has(key)) {
      throw missing(key, "it must be " + must);
    }
    Value value = values.get(key);
    if (value.list()) {
      throw wrong(key, "%s is a list, but must be %s".formatted(key, must));
    }
    return value.items().get(0);
  }

  private long integer(String key, String text, String must) throws RecipeException {
    try {
      return decimal(text).orElseThrow(() -> not(key, text, must)).longValueExact();
    } catch (ArithmeticException e) {
      throw not(key, text, must);
    }
  }

  /** A decimal number; 1_000_000 and 1e6 are two ways to write a million. */
  private static Optional<BigDecimal> decimal(String text) {
    try {
      return Optional.of(new BigDecimal(text.replaceAll("(?<=[0-9])_(?=[0-9])", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Path path(String key, String text) throws RecipeException {
    return new Setting(key, List.of(text), false, values.get(key).place()).paths().get(0);
  }

  private RecipeException not(String key, String text, String must) {
    return wrong(key, "%s is \"%s\", but must be %s".formatted(key, text, must));
  }

  private RecipeException missing(String key, String remedy) {
    return wrong(key, "%s is not set: %s".formatted(key, remedy));
  }
}
