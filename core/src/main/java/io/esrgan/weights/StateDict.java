package io.esrgan.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named weights in the order of their file, and a few lines of text about them. Immutable.
 *
 * <p>Two are equal if they hold equal weights under the same names and the same metadata, whatever
 * the order.
 */
public final class StateDict {
  private final Map<String, Weight> weights;
  private final SortedMap<String, String> metadata;

  private StateDict(Map<String, Weight> weights, SortedMap<String, String> metadata) {
    this.weights = weights;
    this.metadata = metadata;
  }

  /** The weights in the map's order, without metadata. */
  public static StateDict of(Map<String, Weight> weights) {
    return of(weights, Map.of());
  }

  /** The weights in the map's order. */
  public static StateDict of(Map<String, Weight> weights, Map<String, String> metadata) {
    Map<String, Weight> ordered = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) ->
            ordered.put(
                Objects.requireNonNull(name, "name"), Objects.requireNonNull(weight, name)));
    SortedMap<String, String> sorted = new TreeMap<>();
    metadata.forEach((key, value) -> sorted.put(key, Objects.requireNonNull(value, key)));
    return new StateDict(
        Collections.unmodifiableMap(ordered), Collections.unmodifiableSortedMap(sorted));
  }

  /** All weights by name, in order. */
  public Map<String, Weight> weights() {
    return weights;
  }

  /** The names, in order. */
  public Set<String> names() {
    return weights.keySet();
  }

  /** How many weights there are. */
  public int size() {
    return weights.size();
  }

  /** Whether there is a weight of that name. */
  public boolean contains(String name) {
    return weights.containsKey(name);
  }

  /** The weight of that name, if there is one. */
  public Optional<Weight> find(String name) {
    return Optional.ofNullable(weights.get(name));
  }

  /**
   * The weight of that name.
   *
   * @throws NoSuchElementException naming what is there instead
   */
  public Weight get(String name) {
    Weight weight = weights.get(name);
    if (weight == null) {
      throw new NoSuchElementException(
          "no weight is named %s; there are %s"
              .formatted(Quote.of(name), Quote.some(weights.keySet())));
    }
    return weight;
  }

  /**
   * The weights whose names start with {@code prefix}, under the rest of their names; metadata
   * stays. {@code under("generator.")} takes one network out of several.
   */
  public StateDict under(String prefix) {
    Map<String, Weight> part = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), weight);
          }
        });
    return new StateDict(Collections.unmodifiableMap(part), metadata);
  }

  /** What was written about the weights, sorted by key. */
  public SortedMap<String, String> metadata() {
    return metadata;
  }

  /** The same weights with other metadata. */
  public StateDict withMetadata(Map<String, String> other) {
    return of(weights, other);
  }

  /** This with every fractional weight stored as {@code dtype}; whole numbers stay as they are. */
  public StateDict in(Dtype dtype) {
    Map<String, Weight> converted = new LinkedHashMap<>();
    weights.forEach(
        (name, weight) ->
            converted.put(name, weight.dtype().floating() ? weight.in(dtype) : weight));
    return of(converted, metadata);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StateDict dict
        && weights.equals(dict.weights)
        && metadata.equals(dict.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(weights, metadata);
  }

  @Override
  public String toString() {
    return size() + " weights, " + metadata.size() + " lines of metadata";
  }
}
