package io.esrgan.train;

import io.esrgan.data.BatchLoader;
import io.esrgan.data.BatchPlan;
import io.esrgan.data.LowCheck;
import io.esrgan.data.PictureFolder;
import io.esrgan.data.Sampling;
import io.esrgan.loss.AdversarialLoss;
import io.esrgan.loss.LeastSquaresGan;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.loss.StandardGan;
import io.esrgan.model.Discriminator;
import io.esrgan.model.UnetDiscriminator;
import io.esrgan.model.VggDiscriminator;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.VggDiscriminatorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    Network network,
    Data data,
    Map<LossKind, Double> loss,
    Optional<Perceptual> perceptual,
    Optional<Gan> gan,
    Optimizer optimizer,
    Schedule schedule,
    double average,
    long steps,
    Precision precision,
    Optional<Path> start,
    Guard guard,
    Every every) {
  private static final Set<Integer> SCALES = Set.of(1, 2, 4, 8);

  /** The kinds of networks a recipe can ask for. */
  public enum NetworkKind {
    RRDB
  }

  /** The kinds of losses a recipe can weigh. */
  public enum LossKind {
    /** Mean absolute difference of all values. */
    L1,
    /** Mean squared difference. */
    MSE,
    /** Mean absolute difference, smooth at 0. */
    CHARBONNIER,
    /** Difference of the features that {@link Perceptual} names. */
    PERCEPTUAL,
    /** What the discriminator thinks; makes the run a GAN stage. */
    ADVERSARIAL;

    /** Whether pictures are compared as they are. */
    Optional<PixelLoss> ofPixels() {
      return switch (this) {
        case L1 -> Optional.of(PixelLoss.L1);
        case MSE -> Optional.of(PixelLoss.MSE);
        case CHARBONNIER -> Optional.of(PixelLoss.CHARBONNIER);
        case PERCEPTUAL, ADVERSARIAL -> Optional.empty();
      };
    }
  }

  /** The kinds of GANs a recipe can ask for. */
  public enum AdversarialKind {
    RELATIVISTIC_AVERAGE,
    STANDARD,
    LEAST_SQUARES
  }

  /** The kinds of discriminators a recipe can ask for. */
  public enum DiscriminatorKind {
    VGG,
    UNET
  }

  /** How gradients become steps. */
  public enum OptimizerKind {
    ADAM
  }

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
   * The network.
   *
   * @param features channels of the trunk (nf)
   * @param growth channels that a convolution of a dense block adds (gc)
   * @param blocks residual in residual dense blocks (nb)
   * @param channels of the pictures, 3 for RGB or 1 for gray
   */
  public record Network(
      NetworkKind type,
      int features,
      int growth,
      int blocks,
      int channels,
      Initialisation initialisation) {
    static final int MOST_CHANNELS = 4096; // as RrdbConfig has it
    private static final int MOST_BLOCKS = 1000; // likewise

    public Network {
      checkRange("network.features", features, MOST_CHANNELS);
      checkRange("network.growth", growth, MOST_CHANNELS);
      checkRange("network.blocks", blocks, MOST_BLOCKS);
      RecipeRule.check(
          channels == 1 || channels == 3, "network.channels", channels, "3 (RGB) or 1 (gray)");
    }

    static void checkRange(String key, int value, int most) {
      RecipeRule.check(value >= 1 && value <= most, key, value, "from 1 to " + most);
    }

    /**
     * The generator this asks for; scales 1 and 2 fold pixels into channels, as Real-ESRGAN does.
     */
    RrdbConfig config(int scale) {
      int unshuffle = scale < 4 ? 4 / scale : 1;
      return new RrdbConfig(channels, channels, features, growth, blocks, scale, unshuffle, false);
    }
  }

  /**
   * The pictures.
   *
   * @param train folders of high-resolution pictures to train on, at least one
   * @param low a folder for each of them, with its pictures' low resolution; none to make that
   * @param checkLow how pictures of {@code low} are checked
   * @param validation a folder to measure on: {@code HR}, with or without {@code LRxN} of the same
   *     names, or the high-resolution pictures themselves; none for no measuring
   * @param crop side of the high-resolution crops in pixels, a multiple of the scale
   * @param batch pairs in a batch
   * @param sampling how often a picture is drawn
   * @param pool pictures that crops are drawn from at a time, 0 for all
   * @param augment whether crops are mirrored and transposed at random
   * @param workers threads that prepare batches
   * @param cache bytes of memory for decoded pictures; 0 for a quarter of the heap
   */
  public record Data(
      List<Path> train,
      List<Path> low,
      LowCheck checkLow,
      Optional<Path> validation,
      int crop,
      int batch,
      Sampling sampling,
      int pool,
      boolean augment,
      int workers,
      long cache) {

    public Data {
      train = List.copyOf(train);
      RecipeRule.check(!train.isEmpty(), "data.train", train, "one folder of pictures or several");
      low = List.copyOf(low);
      RecipeRule.check(
          low.isEmpty() || low.size() == train.size(),
          "data.low",
          low,
          "as many folders as data.train names, %d".formatted(train.size()));
      RecipeRule.check(
          checkLow == LowCheck.SIZE || !low.isEmpty(),
          "data.check-low",
          Words.of(checkLow),
          "size where there is no data.low");
      RecipeRule.check(crop >= 1, "data.crop", crop, "at least 1");
      RecipeRule.check(batch >= 1, "data.batch", batch, "at least 1");
      RecipeRule.check(pool >= 0, "data.pool", pool, "at least 0 (all pictures)");
      RecipeRule.check(workers >= 1, "data.workers", workers, "at least 1");
      RecipeRule.check(cache >= 0, "data.cache", cache, "auto or a size such as 512m or 2g");
    }

    /** Opens and checks the pictures to train on. */
    public PictureFolder pictures(int scale) throws IOException {
      if (low.isEmpty()) {
        return PictureFolder.open(train, crop);
      }
      PictureFolder pairs = PictureFolder.openPairs(train, low, scale, crop);
      if (checkLow == LowCheck.RESIZE) {
        pairs.requireShrunk(scale, workers);
      }
      return pairs;
    }

    /** Bytes of memory for decoded pictures on this machine. */
    public long cacheBytes() {
      return cache == 0 ? BatchLoader.defaultCacheBytes() : cache;
    }
  }

  /**
   * What features are compared, where the perceptual loss has a weight.
   *
   * @param network an asset such as {@code vgg19}, or a file
   * @param taps its layers, such as {@code conv5_4}
   * @param weights one for each tap
   * @param criterion how features are compared
   */
  public record Perceptual(
      String network, List<String> taps, List<Double> weights, PixelLoss criterion) {

    public Perceptual {
      taps = List.copyOf(taps);
      weights = List.copyOf(weights);
      RecipeRule.check(!taps.isEmpty(), "perceptual.taps", taps, "layers such as [conv5_4]");
      RecipeRule.check(
          weights.size() == taps.size(),
          "perceptual.weights",
          weights,
          "as many numbers as there are taps, " + taps.size());
      RecipeRule.check(
          weights.stream().allMatch(weight -> weight > 0),
          "perceptual.weights",
          weights,
          "above 0, all of them");
    }
  }

  /**
   * How generator and discriminator work against each other, where the adversarial loss has a
   * weight.
   *
   * @param form of the relativistic average GAN; the others have one form
   */
  public record Adversarial(AdversarialKind type, RelativisticAverageGan.Form form) {

    /** The loss this asks for. */
    AdversarialLoss loss() {
      return switch (type) {
        case RELATIVISTIC_AVERAGE -> new RelativisticAverageGan(form);
        case STANDARD -> new StandardGan();
        case LEAST_SQUARES -> new LeastSquaresGan();
      };
    }
  }

  /**
   * The generator's opponent.
   *
   * @param features channels of its first convolution
   * @param start weights to begin from; none for its own initialisation
   * @param rate its learning rate, as a multiple of the generator's
   */
  public record Opponent(
      DiscriminatorKind type,
      int features,
      Initialisation initialisation,
      Optional<Path> start,
      double rate) {

    public Opponent {
      Network.checkRange("discriminator.features", features, Network.MOST_CHANNELS);
      RecipeRule.check(
          rate > 0 && Double.isFinite(rate),
          "discriminator.rate-factor",
          rate,
          "above 0, such as 1.0");
    }

    /** The network this asks for. */
    Discriminator network(int channels, int side) {
      return switch (type) {
        case VGG ->
            new VggDiscriminator(new VggDiscriminatorConfig(channels, side, features, false));
        case UNET -> new UnetDiscriminator(channels, features);
      };
    }
  }

  /**
   * All that the GAN stage adds.
   *
   * @param adversarial the loss
   * @param discriminator the opponent
   */
  public record Gan(Adversarial adversarial, Opponent discriminator) {}

  /**
   * Adam's constants (Kingma and Ba 2015); the rate is the schedule's.
   *
   * @param beta1 decay of the mean of gradients
   * @param beta2 decay of the mean of squared gradients
   * @param epsilon added to the denominator
   * @param accumulate batches whose gradients are averaged for a step
   * @param clip the largest norm of a network's gradient, to which longer ones are shortened; 0 for
   *     no limit
   */
  public record Optimizer(
      OptimizerKind type, double beta1, double beta2, double epsilon, int accumulate, double clip) {

    /** Adam with a batch to a step and no limit to gradients. */
    public static Optimizer adam(double beta1, double beta2) {
      return new Optimizer(OptimizerKind.ADAM, beta1, beta2, 1e-8, 1, 0);
    }

    public Optimizer {
      RecipeRule.check(beta1 >= 0 && beta1 < 1, "optimizer.beta1", beta1, "from 0 to below 1");
      RecipeRule.check(beta2 >= 0 && beta2 < 1, "optimizer.beta2", beta2, "from 0 to below 1");
      RecipeRule.check(epsilon > 0 && epsilon < 1, "optimizer.epsilon", epsilon, "above 0, small");
      RecipeRule.check(accumulate >= 1, "optimizer.accumulate", accumulate, "at least 1");
      RecipeRule.check(
          clip >= 0 && Double.isFinite(clip), "optimizer.clip", clip, "0 (no limit) or above");
    }
  }

  /**
   * What becomes of steps that would spoil the weights.
   *
   * @param skips bad steps in a row after which the run goes back to its last good checkpoint
   * @param rollbacks how often it goes back before it gives up
   * @param collapse mean absolute difference of pixels above which a generator that was once below
   *     half of it has collapsed; 0 to let it
   */
  public record Guard(int skips, int rollbacks, double collapse) {

    /** What a recipe has that does not say anything else. */
    public static final Guard USUAL = new Guard(10, 3, 0.15);

    public Guard {
      RecipeRule.check(skips >= 1, "guard.skips", skips, "at least 1");
      RecipeRule.check(rollbacks >= 0, "guard.rollbacks", rollbacks, "at least 0 (give up)");
      RecipeRule.check(
          collapse >= 0 && collapse <= 1,
          "guard.collapse",
          collapse,
          "from 0 (no such limit) to 1, the range of pixels");
    }
  }

  /** How many steps lie between two of the same, 0 for never. */
  public record Every(long validate, long checkpoint, long log) {

    public Every {
      RecipeRule.check(validate >= 0, "every.validate", validate, "at least 0 (never)");
      RecipeRule.check(checkpoint >= 0, "every.checkpoint", checkpoint, "at least 0 (never)");
      RecipeRule.check(log >= 0, "every.log", log, "at least 0 (never)");
    }
  }

  public Recipe {
    RecipeRule.check(
        name.matches("[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*"),
        "name",
        '"' + name + '"',
        "letters, digits, '.', '-' and '_'");
    RecipeRule.check(SCALES.contains(scale), "scale", scale, "1, 2, 4 or 8");
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
    RecipeRule.check(
        perceptual.isEmpty() || network.channels() == 3,
        "loss.perceptual",
        loss.get(LossKind.PERCEPTUAL),
        "left out where network.channels is 1: features are those of RGB");
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

  private static void checkJudge(Opponent opponent, int crop) {
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
   * @param nameOrFile a built-in recipe such as {@code rrdb-psnr-paper}, or the path of a YAML file
   * @param overrides values that replace the file's, by key, such as {@code data.batch} to {@code
   *     8}; an empty value removes the key
   * @throws RecipeException if there is no such recipe or something in it is wrong
   */
  public static Recipe load(String nameOrFile, Map<String, String> overrides) throws IOException {
    RecipeSource source = RecipeSource.find(nameOrFile);
    return parse(source.text(), source.name(), overrides);
  }

  /**
   * Reads a recipe from its text, such as one that was stored in a checkpoint.
   *
   * @param origin what errors call it
   * @throws RecipeException if something in it is wrong
   */
  public static Recipe parse(String yaml, String origin, Map<String, String> overrides)
      throws RecipeException {
    RecipeValues values = RecipeYaml.read(yaml, origin);
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      values.override(override.getKey(), override.getValue());
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

  /** What its batches are made of. */
  public BatchPlan batchPlan() {
    return new BatchPlan(
        data.batch(),
        data.crop(),
        scale,
        network.channels(),
        data.sampling(),
        data.pool(),
        data.augment());
  }
}
