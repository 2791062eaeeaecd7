package io.esrgan.train;

import io.esrgan.data.BatchPlan;
import io.esrgan.tensor.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An experiment: everything that decides what a training run computes, and little else.
 *
 * <p>A recipe is a YAML file, read strictly: a key that is not known, a value of the wrong type or
 * out of range is a {@link RecipeException} that says where it stands. {@link #toYaml} writes the
 * recipe as it was understood, defaults and overrides included, and reading that gives an equal
 * recipe.
 *
 * @param name what files of the run are called after
 * @param scale how many times larger the result is, at least 1
 * @param seed of the initial weights and of every batch
 * @param loss what is minimised: the weighted sum of these
 * @param perceptual there is one if and only if the perceptual loss has a weight
 * @param texture there is one if and only if the loss of textures has a weight
 * @param gan there is one if and only if the adversarial loss has a weight
 * @param average decay of the moving average of the weights, from 0 (none) to below 1
 * @param steps of training, counted over all sessions of the run
 * @param start weights to begin from; none for the network's own initialisation
 * @param guard what becomes of steps that would spoil the weights
 */
public record Recipe(
    String name,
    int scale,
    long seed,
    NetworkSection network,
    DataSection data,
    Map<LossKind, Double> loss,
    Optional<FeatureSection> perceptual,
    Optional<FeatureSection> texture,
    Optional<Gan> gan,
    OptimizerSection optimizer,
    Schedule schedule,
    double average,
    long steps,
    Precision precision,
    Optional<Path> start,
    GuardSection guard,
    EverySection every) {
  /** What the network computes in; weights and their averages are float32 always. */
  public enum Precision {
    /** Left to the trainer, which knows the machine. */
    AUTO,
    FLOAT32,
    BFLOAT16;

    /**
     * The number format that this means on a device. Loads the engine where the answer depends on
     * it.
     */
    public io.esrgan.tensor.Precision on(Device device) {
      return switch (this) {
        case AUTO -> device.preferredPrecision();
        case FLOAT32 -> io.esrgan.tensor.Precision.FLOAT32;
        case BFLOAT16 -> io.esrgan.tensor.Precision.BFLOAT16;
      };
    }
  }

  /**
   * All that the GAN stage adds.
   *
   * @param adversarial the loss
   * @param discriminator the opponent
   */
  public record Gan(AdversarialSection adversarial, DiscriminatorSection discriminator) {}

  public Recipe {
    RecipeRule.check(
        name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*"),
        "name",
        '"' + name + '"',
        "letters, digits, '.', '-' and '_'");
    RecipeRule.check(
        network.config().scale() == scale,
        "scale",
        scale,
        "%d for %s".formatted(network.config().scale(), network.config().network()));
    RecipeRule.check(
        data.crop() % scale == 0,
        "data.crop",
        data.crop(),
        "a multiple of the scale %d: try %d"
            .formatted(scale, Math.max(scale, data.crop() / scale * scale)));
    long most = BatchPlan.mostPairs(data.crop(), network.channels());
    RecipeRule.check(most >= 1, "data.crop", data.crop(), "small enough for one array");
    RecipeRule.check(
        data.batch() <= most,
        "data.batch",
        data.batch(),
        "at most %d with crops of %d pixels".formatted(most, data.crop()));
    EnumMap<LossKind, Double> terms = new EnumMap<>(LossKind.class);
    terms.putAll(loss);
    loss = Collections.unmodifiableMap(terms);
    for (Map.Entry<LossKind, Double> term : loss.entrySet()) {
      String key = "loss." + Words.of(term.getKey());
      RecipeRule.check(
          term.getValue() > 0 && Double.isFinite(term.getValue()),
          key,
          term.getValue(),
          "above 0; leave out a term that has no weight");
    }
    RecipeRule.check(!loss.isEmpty(), "loss", loss, "terms such as l1: 1.0");
    RecipeRule.check(
        loss.size() > 1 || gan.isEmpty(),
        "loss",
        loss.keySet().stream().map(Words::of).toList(),
        "more than the adversarial term, which alone does not tell what to draw");
    for (LossKind kind : List.of(LossKind.PERCEPTUAL, LossKind.TEXTURE)) {
      RecipeRule.check(
          !loss.containsKey(kind) || network.channels() == 3,
          "loss." + Words.of(kind),
          loss.get(kind),
          "left out where network.channels is 1: features are those of RGB");
    }
    for (String layer : optimizer.factors().keySet()) {
      RecipeRule.check(
          network.config().shapes().keySet().stream().anyMatch(w -> w.startsWith(layer + ".")),
          "optimizer.layers",
          optimizer.factors().keySet(),
          "parts of %s, which has no %s".formatted(network.config().network(), layer));
    }
    gan.ifPresent(stage -> checkJudge(stage.discriminator(), data.crop()));
    RecipeRule.check(average >= 0 && average < 1, "average", average, "from 0 (none) to below 1");
    RecipeRule.check(steps >= 1, "steps", steps, "at least 1");
    if (schedule instanceof Schedule.Cosine cosine) {
      RecipeRule.check(
          cosine.length() >= steps,
          "schedule.periods",
          cosine.periods(),
          "as long together as the steps, " + steps);
    }
  }

  private static void checkJudge(DiscriminatorSection opponent, int crop) {
    switch (opponent.type()) {
      case VGG ->
          RecipeRule.check(
              crop == 128 || crop == 256,
              "data.crop",
              crop,
              "128 or 256 for the VGG discriminator");
      case UNET ->
          RecipeRule.check(
              crop % 8 == 0, "data.crop", crop, "a multiple of 8 for the U-Net discriminator");
    }
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrFile a built-in recipe such as {@code rrdb-psnr-paper}, or the path of a YAML
   *     file; one whose {@code base} names another is that one but for the sections and values it
   *     has itself
   * @param overrides values that replace the file's, by key, such as {@code data.batch} to {@code
   *     8}; an empty value removes the key
   * @throws RecipeException if there is no such recipe or something in it is wrong
   */
  public static Recipe load(String nameOrFile, Map<String, String> overrides) throws IOException {
    return load(nameOrFile, settings(overrides));
  }

  /**
   * Reads a recipe.
   *
   * @param nameOrFile as above
   * @param overrides values that replace the file's, each those before it of the same key
   * @throws RecipeException if there is no such recipe or something in it is wrong
   */
  public static Recipe load(String nameOrFile, List<Setting> overrides) throws IOException {
    return read(RecipeSource.find(nameOrFile).values(), overrides);
  }

  /**
   * Reads a recipe from its text, such as one that was stored in a checkpoint.
   *
   * @param origin what errors call it
   * @throws RecipeException if something in it is wrong
   */
  public static Recipe parse(String yaml, String origin, Map<String, String> overrides)
      throws IOException {
    return read(new RecipeSource(origin, yaml).values(), settings(overrides));
  }

  private static List<Setting> settings(Map<String, String> overrides) {
    return overrides.entrySet().stream().map(o -> Setting.of(o.getKey(), o.getValue())).toList();
  }

  private static Recipe read(RecipeValues values, List<Setting> overrides) throws RecipeException {
    for (Setting override : overrides) {
      values.override(override);
    }
    return RecipeReader.read(values);
  }

  /** Names of the recipes that come with the program, in alphabetical order. */
  public static List<String> builtIn() {
    return RecipeSource.BUILT_IN;
  }

  /**
   * The text of a recipe, comments included, to be shown or to be copied and changed.
   *
   * @throws RecipeException if there is no such recipe
   */
  public static String text(String nameOrFile) throws IOException {
    return RecipeSource.find(nameOrFile).text();
  }

  /** This recipe as YAML, every value written out. */
  public String toYaml() {
    return RecipeWriter.write(this);
  }

  /** Whether a recipe has a key or a section of that name. */
  public static boolean isKey(String name) {
    return RecipeKeys.isTaken(name);
  }

  /** Every value as {@link #toYaml} writes it, by key, such as {@code data.batch}. */
  public Map<String, String> values() {
    return RecipeWriter.values(this);
  }

  /** The losses of features that have a weight. */
  List<FeatureSection> features() {
    return Stream.of(perceptual, texture).flatMap(Optional::stream).toList();
  }

  /**
   * Refuses a recipe whose losses compare features of a network that is not here.
   *
   * @throws IOException with what to fetch or to put where
   */
  public void requireFeatures() throws IOException {
    for (FeatureSection section : features()) {
      section.file();
    }
  }

  /** What its batches are made of. */
  public BatchPlan batchPlan() {
    return new BatchPlan(
        data.batch(),
        data.crop(),
        scale,
        network.channels(),
        data.sampling(),
        data.pool(),
        data.augment(),
        data.degradation());
  }
}
