package io.esrgan.train;

import io.esrgan.text.Spelling;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Every key that a recipe may have, in the order in which recipes are written. */
final class RecipeKeys {
  /** The recipe that this one differs from. */
  static final String BASE = "base";

  private static final List<String> VALUES =
      List.of(
          BASE,
          "name",
          "scale",
          "seed",
          "network.type",
          "network.block",
          "network.features",
          "network.growth",
          "network.groups",
          "network.blocks",
          "network.convolutions",
          "network.middle-kernel",
          "network.reduction",
          "network.residual-scale",
          "network.batch-norm",
          "network.form",
          "network.channels",
          "network.initialisation",
          "data.train",
          "data.low",
          "data.check-low",
          "data.validation",
          "data.crop",
          "data.batch",
          "data.sampling",
          "data.pool",
          "data.pictures",
          "data.augment",
          "data.degradation",
          "data.workers",
          "data.cache",
          "degradation.margin",
          "degradation.kernel-sizes",
          "degradation.sharpen",
          "degradation.last-sinc",
          "degradation.blur",
          "degradation.sinc",
          "degradation.kernels",
          "degradation.sigma",
          "degradation.generalised",
          "degradation.plateau",
          "degradation.resize",
          "degradation.factor",
          "degradation.gaussian",
          "degradation.noise",
          "degradation.poisson",
          "degradation.gray",
          "degradation.jpeg",
          "degradation.second-blur",
          "degradation.second-sinc",
          "degradation.second-kernels",
          "degradation.second-sigma",
          "degradation.second-generalised",
          "degradation.second-plateau",
          "degradation.second-resize",
          "degradation.second-factor",
          "degradation.second-gaussian",
          "degradation.second-noise",
          "degradation.second-poisson",
          "degradation.second-gray",
          "degradation.second-jpeg",
          "loss.l1",
          "loss.mse",
          "loss.charbonnier",
          "loss.perceptual",
          "loss.texture",
          "loss.adversarial",
          "perceptual.network",
          "perceptual.taps",
          "perceptual.weights",
          "perceptual.criterion",
          "perceptual.divisor",
          "perceptual.unit-mean",
          "texture.network",
          "texture.taps",
          "texture.weights",
          "texture.patch",
          "texture.divisor",
          "texture.unit-mean",
          "adversarial.type",
          "adversarial.form",
          "adversarial.learns-below",
          "discriminator.type",
          "discriminator.features",
          "discriminator.initialisation",
          "discriminator.start",
          "discriminator.rate-factor",
          "optimizer.type",
          "optimizer.beta1",
          "optimizer.beta2",
          "optimizer.epsilon",
          "optimizer.momentum",
          "optimizer.accumulate",
          "optimizer.clip",
          "optimizer.layers",
          "optimizer.factors",
          "schedule.type",
          "schedule.rate",
          "schedule.milestones",
          "schedule.factor",
          "schedule.periods",
          "schedule.minimum",
          "schedule.warmup",
          "average",
          "steps",
          "precision",
          "start",
          "guard.skips",
          "guard.rollbacks",
          "guard.collapse",
          "every.validate",
          "every.checkpoint",
          "every.log");

  private static final Set<String> SECTIONS =
      VALUES.stream()
          .filter(key -> key.contains("."))
          .map(RecipeKeys::section)
          .collect(Collectors.toCollection(LinkedHashSet::new));

  private RecipeKeys() {}

  static boolean isValue(String key) {
    return VALUES.contains(key);
  }

  /** Whether a name at the top of a recipe has a meaning already. */
  static boolean isTaken(String name) {
    return isValue(name) || isSection(name);
  }

  static boolean isSection(String key) {
    return SECTIONS.contains(key);
  }

  /** The keys of a section without its name, or those at the top for an empty name. */
  static String members(String section) {
    return String.join(", ", names(section));
  }

  /** What to say about a key that is not known. */
  static String unknown(String key) {
    String section = isSection(section(key)) ? section(key) : "";
    String known = (section.isEmpty() ? "a recipe" : section) + " has " + members(section);
    return "the key %s is not known; ".formatted(key)
        + meant(section, lastName(key)).map("did you mean %s?"::formatted).orElse(known);
  }

  /** The same name in another section, or one that is spelled almost so, best in this section. */
  private static Optional<String> meant(String section, String name) {
    return named(name)
        .or(() -> Spelling.nearest(name, names(section)).map(near -> join(section, near)))
        .or(() -> Spelling.nearest(name, lastNames()).flatMap(RecipeKeys::named));
  }

  private static Optional<String> named(String lastName) {
    return VALUES.stream().filter(key -> lastName(key).equals(lastName)).findFirst();
  }

  private static List<String> lastNames() {
    return VALUES.stream().map(RecipeKeys::lastName).toList();
  }

  private static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  private static Set<String> names(String section) {
    return VALUES.stream()
        .filter(key -> section.isEmpty() || section(key).equals(section))
        .map(key -> section.isEmpty() && key.contains(".") ? section(key) : lastName(key))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The section of a key, empty for one at the top. */
  static String section(String key) {
    return key.contains(".") ? key.substring(0, key.indexOf('.')) : "";
  }

  private static String lastName(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
