package io.esrgan.train;

import io.esrgan.data.LowCheck;
import io.esrgan.data.Sampling;
import io.esrgan.degrade.Degradation;
import io.esrgan.loss.FeatureDistance;
import io.esrgan.loss.FeatureScale;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.RelativisticAverageGan;
import io.esrgan.loss.TextureDistance;
import io.esrgan.nn.Initialisation;
import io.esrgan.train.Recipe.Precision;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a recipe of its values; what a recipe need not say is filled in here. */
final class RecipeReader {
  static final String MULTI_STEP = "multistep";
  static final String COSINE = "cosine";
  static final String NO_DEGRADATION = "none";
  static final String REAL_ESRGAN = "real-esrgan";

  private static final Set<Integer> SCALES = Set.of(1, 2, 3, 4, 8);

  private final RecipeValues values;

  private RecipeReader(RecipeValues values) {
    this.values = values;
  }

  static Recipe read(RecipeValues values) throws RecipeException {
    try {
      Recipe recipe = new RecipeReader(values).recipe();
      values.requireAllAsked();
      return recipe;
    } catch (RecipeRule e) {
      throw values.wrong(e.key(), e.getMessage());
    }
  }

  private Recipe recipe() throws RecipeException {
    int scale = values.count("scale");
    RecipeRule.check(SCALES.contains(scale), "scale", scale, "1, 2, 3, 4 or 8");
    long steps = values.integer("steps");
    return new Recipe(
        values.text("name"),
        scale,
        values.integer("seed", 0),
        network(scale),
        data(scale),
        loss(),
        perceptual(),
        texture(),
        gan(),
        optimizer(),
        schedule(steps),
        values.number("average", 0),
        steps,
        values.choice("precision", Precision.class, Precision.AUTO),
        values.optionalPath("start"),
        guard(),
        new EverySection(
            values.integer("every.validate", 5000),
            values.integer("every.checkpoint", 5000),
            values.integer("every.log", 100)));
  }

  private NetworkSection network(int scale) throws RecipeException {
    return new NetworkSection(
        new NetworkKeys(values).read(scale),
        values.choice("network.initialisation", Initialisation.class, Initialisation.PAPER));
  }

  private DataSection data(int scale) throws RecipeException {
    return new DataSection(
        values.paths("data.train"),
        values.has("data.low") ? values.paths("data.low") : List.of(),
        values.choice("data.check-low", LowCheck.class, LowCheck.SIZE),
        values.optionalPath("data.validation"),
        values.count("data.crop"),
        values.count("data.batch"),
        values.choice("data.sampling", Sampling.class, Sampling.AREA),
        values.count("data.pool", 0),
        values.count("data.pictures", 0),
        values.flag("data.augment", true),
        degradation(scale),
        values.count("data.workers", 1),
        values.size("data.cache"));
  }

  private Optional<Degradation> degradation(int scale) throws RecipeException {
    boolean wanted =
        values.has("data.degradation")
            && values
                .word("data.degradation", List.of(NO_DEGRADATION, REAL_ESRGAN))
                .equals(REAL_ESRGAN);
    return wanted ? Optional.of(new DegradationKeys(values).read(scale)) : Optional.empty();
  }

  private Map<LossKind, Double> loss() throws RecipeException {
    Map<LossKind, Double> loss = new EnumMap<>(LossKind.class);
    for (LossKind kind : LossKind.values()) {
      String key = "loss." + Words.of(kind);
      if (values.has(key)) {
        loss.put(kind, values.number(key));
      }
    }
    return loss;
  }

  private Optional<FeatureSection> perceptual() throws RecipeException {
    return values.has("loss.perceptual")
        ? Optional.of(
            features(
                "perceptual", values.choice("perceptual.criterion", PixelLoss.class, PixelLoss.L1)))
        : Optional.empty();
  }

  private Optional<FeatureSection> texture() throws RecipeException {
    if (!values.has("loss.texture")) {
      return Optional.empty();
    }
    int patch = values.count("texture.patch", 16);
    RecipeRule.check(patch >= 1, "texture.patch", patch, "at least 1");
    return Optional.of(features("texture", new TextureDistance(patch)));
  }

  private FeatureSection features(String name, FeatureDistance distance) throws RecipeException {
    List<String> taps = values.texts(name + ".taps");
    String divisor = name + ".divisor";
    double divided = values.number(divisor, 1);
    RecipeRule.check(divided > 0, divisor, divided, "above 0, such as 12.75");
    return new FeatureSection(
        values.text(name + ".network"),
        taps,
        values.has(name + ".weights")
            ? values.numbers(name + ".weights")
            : Collections.nCopies(taps.size(), 1.0),
        distance,
        new FeatureScale(divided, values.flag(name + ".unit-mean", false)));
  }

  private Optional<Recipe.Gan> gan() throws RecipeException {
    if (!values.has("loss.adversarial")) {
      return Optional.empty();
    }
    AdversarialSection.Kind type =
        values.choice(
            "adversarial.type",
            AdversarialSection.Kind.class,
            AdversarialSection.Kind.RELATIVISTIC_AVERAGE);
    RelativisticAverageGan.Form form = RelativisticAverageGan.Form.PAPER;
    double learnsBelow = 1;
    if (type == AdversarialSection.Kind.RELATIVISTIC_AVERAGE) {
      form = values.choice("adversarial.form", RelativisticAverageGan.Form.class, form);
    } else if (type == AdversarialSection.Kind.STANDARD) {
      learnsBelow = values.number("adversarial.learns-below", learnsBelow);
    }
    return Optional.of(
        new Recipe.Gan(
            new AdversarialSection(type, form, learnsBelow),
            new DiscriminatorSection(
                values.choice(
                    "discriminator.type",
                    DiscriminatorSection.Kind.class,
                    DiscriminatorSection.Kind.VGG),
                values.count("discriminator.features", 64),
                values.choice(
                    "discriminator.initialisation", Initialisation.class, Initialisation.HE),
                values.optionalPath("discriminator.start"),
                values.number("discriminator.rate-factor", 1))));
  }

  private OptimizerSection optimizer() throws RecipeException {
    return new OptimizerSection(
        method(),
        values.count("optimizer.accumulate", 1),
        values.number("optimizer.clip", 0),
        factors());
  }

  private OptimizerSection.Method method() throws RecipeException {
    return switch (values.choice("optimizer.type", OptimizerSection.Kind.class)) {
      case ADAM ->
          new OptimizerSection.Adam(
              values.number("optimizer.beta1", 0.9),
              values.number("optimizer.beta2", 0.999),
              values.number("optimizer.epsilon", 1e-8));
      case SGD -> new OptimizerSection.Sgd(values.number("optimizer.momentum", 0.9));
    };
  }

  private Map<String, Double> factors() throws RecipeException {
    Map<String, Double> factors = new LinkedHashMap<>();
    if (values.has("optimizer.layers") || values.has("optimizer.factors")) {
      List<String> layers = values.texts("optimizer.layers");
      List<Double> numbers = values.numbers("optimizer.factors");
      RecipeRule.check(
          numbers.size() == layers.size(),
          "optimizer.factors",
          numbers,
          "as many numbers as there are layers, " + layers.size());
      for (int i = 0; i < layers.size(); i++) {
        factors.put(layers.get(i), numbers.get(i));
      }
    }
    return factors;
  }

  private GuardSection guard() throws RecipeException {
    GuardSection usual = GuardSection.USUAL;
    return new GuardSection(
        values.count("guard.skips", usual.skips()),
        values.count("guard.rollbacks", usual.rollbacks()),
        values.number("guard.collapse", usual.collapse()));
  }

  private Schedule schedule(long steps) throws RecipeException {
    String type = values.word("schedule.type", List.of(MULTI_STEP, COSINE));
    double rate = values.number("schedule.rate");
    long warmup = values.integer("schedule.warmup", 0);
    if (type.equals(MULTI_STEP)) {
      return new Schedule.MultiStep(
          rate,
          values.integers("schedule.milestones"),
          values.number("schedule.factor", 0.5),
          warmup);
    }
    return new Schedule.Cosine(
        rate,
        values.number("schedule.minimum", 1e-7),
        values.has("schedule.periods") ? values.integers("schedule.periods") : List.of(steps),
        warmup);
  }
}
