package io.esrgan.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a run may go on with a recipe: it may be longer, follow another schedule, find its
 * pictures elsewhere, be guarded otherwise or report more often, but what decides the weights and
 * batches so far stays. Precision is compared as it was resolved: see {@link Machine}.
 */
final class SameRun {
  /** Keys, and sections as a whole. */
  private static final Set<String> FIXED =
      Set.of(
          "scale",
          "seed",
          "network",
          "data.crop",
          "data.batch",
          "data.sampling",
          "data.pool",
          "data.pictures",
          "data.augment",
          "loss",
          "perceptual",
          "texture",
          "adversarial",
          "discriminator",
          "optimizer",
          "average");

  private static final String PAIRS = "data.low";

  private SameRun() {}

  /**
   * Refuses a recipe that differs where it may not.
   *
   * @param stored the recipe in the checkpoint as YAML; a blank one is not compared
   */
  static void require(String stored, Path checkpoint, Recipe recipe) throws IOException {
    if (stored.isBlank()) {
      return;
    }
    Map<String, String> before =
        RecipeWriter.values(Recipe.parse(stored, "the recipe in " + checkpoint, Map.of()));
    Map<String, String> now = RecipeWriter.values(recipe);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(now.keySet());
    List<String> changed =
        keys.stream().filter(key -> differs(key, before.get(key), now.get(key))).toList();
    if (!changed.isEmpty()) {
      String differences =
          changed.stream()
              .map(key -> "%s was %s, is %s".formatted(key, text(before, key), text(now, key)))
              .collect(Collectors.joining("; "));
      throw new IOException(
          "%s is of another recipe (%s): repeat the run's --set options, or give another --out"
              .formatted(checkpoint, differences));
    }
  }

  /** Pictures may have moved, but pairs stay pairs. */
  private static boolean differs(String key, String before, String now) {
    if (key.equals(PAIRS)) {
      return (before == null) != (now == null);
    }
    boolean fixed = FIXED.contains(key) || FIXED.contains(RecipeKeys.section(key));
    return fixed && !Objects.equals(before, now);
  }

  private static String text(Map<String, String> values, String key) {
    return values.getOrDefault(key, "not set");
  }
}
