package io.esrgan.study;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.esrgan.metric.Channel;
import io.esrgan.metric.Protocol;
import io.esrgan.report.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Numbers that others have published for the usual test sets at x4, from {@code published.yaml}
 * beside this class.
 */
final class PublishedNumbers {
  /** How many times larger the pictures of all of them are. */
  static final int SCALE = 4;

  private static final String FILE = "published.yaml";
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final PublishedNumbers ALL = read();

  private final Map<String, Integer> pictures = new LinkedHashMap<>(); // by set
  private final List<Published> numbers = new ArrayList<>();

  private PublishedNumbers() {}

  /**
   * What one source says of one method.
   *
   * @param method its name, and what it was trained on where the source tells
   * @param measure as this program calls it, such as {@code PSNR-Y}; without a channel where the
   *     number stands apart
   * @param protocol how it was taken, where it was taken as this program takes its own
   * @param apart why it cannot stand beside them, or empty
   * @param value with as many digits as the source gives
   * @param verified whether it was read in the source, not only recalled
   */
  record Published(
      String method,
      String set,
      String measure,
      Optional<Protocol> protocol,
      String apart,
      BigDecimal value,
      String source,
      boolean verified) {
    /** Whether a column's numbers were taken in the same way. */
    boolean isOf(Column column) {
      return column.name().equals(measure)
          && protocol.map(p -> p.stamp().equals(column.detail())).orElse(false);
    }
  }

  static PublishedNumbers all() {
    return ALL;
  }

  /** Whether a set of this name and so many pictures is the published one. */
  boolean knows(String set, int size) {
    return pictures.getOrDefault(set, -1) == size;
  }

  /** All numbers of a set, in the order of their sources. */
  List<Published> of(String set) {
    return numbers.stream().filter(number -> number.set().equals(set)).toList();
  }

  /** What the first source that tells says of a method by a measure; nothing where none does. */
  OptionalDouble value(String method, String set, Measure measure) {
    return of(set).stream()
        .filter(number -> number.method().equals(method) && number.measure().equals(measure.name()))
        .filter(number -> number.protocol().equals(Optional.of(measure.protocol())))
        .mapToDouble(number -> number.value().doubleValue())
        .findFirst();
  }

  private static PublishedNumbers read() {
    try (InputStream yaml = PublishedNumbers.class.getResourceAsStream(FILE)) {
      JsonNode root = MAPPER.readTree(yaml);
      PublishedNumbers all = new PublishedNumbers();
      root.path("sets")
          .properties()
          .forEach(s -> all.pictures.put(s.getKey(), s.getValue().asInt()));
      root.path("tables").forEach(all::add);
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException("the published numbers cannot be read", e);
    }
  }

  private void add(JsonNode table) {
    Optional<Protocol> protocol =
        Optional.ofNullable(table.get("protocol"))
            .map(
                p ->
                    new Protocol(
                        Channel.valueOf(p.path("channel").asText()), p.path("border").asInt()));
    String channel = protocol.map(p -> "-" + p.channel()).orElse("");
    for (Map.Entry<String, JsonNode> method : table.path("methods").properties()) {
      for (Map.Entry<String, JsonNode> set : method.getValue().properties()) {
        for (int i = 0; i < set.getValue().size(); i++) {
          if (set.getValue().get(i).isNumber()) {
            numbers.add(
                new Published(
                    method.getKey(),
                    set.getKey(),
                    table.path("measures").path(i).asText() + channel,
                    protocol,
                    table.path("apart").asText(),
                    set.getValue().get(i).decimalValue(),
                    table.path("source").asText(),
                    !table.path("unverified").asBoolean()));
          }
        }
      }
    }
  }
}
