package io.esrgan.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.esrgan.loss.PixelLoss;
import io.esrgan.loss.TextureDistance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a recipe as YAML, the mirror of {@link RecipeReader}. */
final class RecipeWriter {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private RecipeWriter() {}

  static String write(Recipe recipe) {
    try {
      return MAPPER.writeValueAsString(tree(recipe));
    } catch (JsonProcessingException e) {
      throw new AssertionError("maps of text and numbers can always be written", e);
    }
  }

  /** Every value as it is written, by key. */
  static Map<String, String> values(Recipe recipe) {
    Map<String, String> values = new LinkedHashMap<>();
    tree(recipe)
        .forEach(
            (key, value) -> {
              if (value instanceof Map<?, ?> section) {
                section.forEach((name, item) -> values.put(key + "." + name, item.toString()));
              } else {
                values.put(key, value.toString());
              }
            });
    return values;
  }

  private static Map<String, Object> tree(Recipe recipe) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", recipe.name());
    tree.put("scale", recipe.scale());
    tree.put("seed", recipe.seed());
    tree.put("network", network(recipe.network()));
    tree.put("data", data(recipe.data()));
    recipe
        .data()
        .degradation()
        .ifPresent(degradation -> tree.put("degradation", DegradationKeys.write(degradation)));
    Map<String, Object> loss = new LinkedHashMap<>();
    recipe.loss().forEach((kind, weight) -> loss.put(Words.of(kind), weight));
    tree.put("loss", loss);
    recipe.perceptual().ifPresent(section -> tree.put("perceptual", features(section)));
    recipe.texture().ifPresent(section -> tree.put("texture", features(section)));
    recipe
        .gan()
        .ifPresent(
            gan -> {
              tree.put("adversarial", adversarial(gan.adversarial()));
              tree.put("discriminator", discriminator(gan.discriminator()));
            });
    tree.put("optimizer", optimizer(recipe.optimizer()));
    tree.put("schedule", schedule(recipe.schedule()));
    tree.put("average", recipe.average());
    tree.put("steps", recipe.steps());
    tree.put("precision", Words.of(recipe.precision()));
    recipe.start().ifPresent(start -> tree.put("start", start.toString()));
    tree.put("guard", guard(recipe.guard()));
    tree.put("every", every(recipe.every()));
    return tree;
  }

  private static Map<String, Object> network(NetworkSection network) {
    Map<String, Object> tree = NetworkKeys.write(network.config());
    tree.put("initialisation", Words.of(network.initialisation()));
    return tree;
  }

  private static Map<String, Object> data(DataSection data) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("train", data.train().stream().map(Path::toString).toList());
    if (!data.low().isEmpty()) {
      tree.put("low", data.low().stream().map(Path::toString).toList());
      tree.put("check-low", Words.of(data.checkLow()));
    }
    data.validation().ifPresent(folder -> tree.put("validation", folder.toString()));
    tree.put("crop", data.crop());
    tree.put("batch", data.batch());
    tree.put("sampling", Words.of(data.sampling()));
    tree.put("pool", data.pool());
    tree.put("pictures", data.pictures());
    tree.put("augment", data.augment());
    data.degradation().ifPresent(any -> tree.put("degradation", RecipeReader.REAL_ESRGAN));
    tree.put("workers", data.workers());
    tree.put("cache", RecipeValues.sizeText(data.cache()));
    return tree;
  }

  private static Map<String, Object> features(FeatureSection section) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("network", section.network());
    tree.put("taps", section.taps());
    tree.put("weights", section.weights());
    if (section.distance() instanceof TextureDistance texture) {
      tree.put("patch", texture.patch());
    } else if (section.distance() instanceof PixelLoss criterion) {
      tree.put("criterion", Words.of(criterion));
    }
    tree.put("divisor", section.scale().divisor());
    tree.put("unit-mean", section.scale().unitMean());
    return tree;
  }

  private static Map<String, Object> adversarial(AdversarialSection adversarial) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", Words.of(adversarial.type()));
    if (adversarial.type() == AdversarialSection.Kind.RELATIVISTIC_AVERAGE) {
      tree.put("form", Words.of(adversarial.form()));
    } else if (adversarial.type() == AdversarialSection.Kind.STANDARD) {
      tree.put("learns-below", adversarial.learnsBelow());
    }
    return tree;
  }

  private static Map<String, Object> discriminator(DiscriminatorSection opponent) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("type", Words.of(opponent.type()));
    tree.put("features", opponent.features());
    tree.put("initialisation", Words.of(opponent.initialisation()));
    opponent.start().ifPresent(start -> tree.put("start", start.toString()));
    tree.put("rate-factor", opponent.rate());
    return tree;
  }

  private static Map<String, Object> optimizer(OptimizerSection optimizer) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (optimizer.method() instanceof OptimizerSection.Adam adam) {
      tree.put("type", Words.of(OptimizerSection.Kind.ADAM));
      tree.put("beta1", adam.beta1());
      tree.put("beta2", adam.beta2());
      tree.put("epsilon", adam.epsilon());
    } else if (optimizer.method() instanceof OptimizerSection.Sgd sgd) {
      tree.put("type", Words.of(OptimizerSection.Kind.SGD));
      tree.put("momentum", sgd.momentum());
    }
    tree.put("accumulate", optimizer.accumulate());
    tree.put("clip", optimizer.clip());
    if (!optimizer.factors().isEmpty()) {
      tree.put("layers", List.copyOf(optimizer.factors().keySet()));
      tree.put("factors", List.copyOf(optimizer.factors().values()));
    }
    return tree;
  }

  private static Map<String, Object> schedule(Schedule schedule) {
    Map<String, Object> tree = new LinkedHashMap<>();
    if (schedule instanceof Schedule.MultiStep multiStep) {
      tree.put("type", RecipeReader.MULTI_STEP);
      tree.put("rate", multiStep.rate());
      tree.put("milestones", multiStep.milestones());
      tree.put("factor", multiStep.factor());
    } else if (schedule instanceof Schedule.Cosine cosine) {
      tree.put("type", RecipeReader.COSINE);
      tree.put("rate", cosine.rate());
      tree.put("periods", cosine.periods());
      tree.put("minimum", cosine.minimum());
    }
    tree.put("warmup", schedule.warmup());
    return tree;
  }

  private static Map<String, Object> guard(GuardSection guard) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("skips", guard.skips());
    tree.put("rollbacks", guard.rollbacks());
    tree.put("collapse", guard.collapse());
    return tree;
  }

  private static Map<String, Object> every(EverySection every) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("validate", every.validate());
    tree.put("checkpoint", every.checkpoint());
    tree.put("log", every.log());
    return tree;
  }
}
