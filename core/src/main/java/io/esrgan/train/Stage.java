package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.exec.Executor;
import io.esrgan.loss.PerceptualLoss;
import io.esrgan.loss.PixelLoss;
import io.esrgan.model.Discriminator;
import io.esrgan.model.Generators;
import io.esrgan.model.TrainedFeatures;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import io.esrgan.nn.Parameterised;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A stage of training as a recipe describes it: the networks that learn, the average of the
 * generator's weights, the step, and how all of it is saved and brought back.
 *
 * <p>Its tensors belong to the scope that was open when it was made.
 */
final class Stage {
  private static final String AVERAGE = "generator.average.";

  /** For measuring; fixed, so that what is measured does not depend on what else runs. */
  private static final long MEASURING_BYTES = 4L << 30;

  private final Recipe recipe;
  private final Device device = Device.best();
  private final Precision precision;
  private final Network network;
  private final Learner generator;
  private final FlatParameters average; // what is measured and given away
  private final Optional<Opponent> opponent; // in a GAN stage
  private final Step step;

  /**
   * @throws IOException if the weights of the perceptual loss cannot be read
   */
  Stage(Recipe recipe) throws IOException {
    this.recipe = recipe;
    precision = recipe.precision().on(device);
    network = Generators.of(recipe.network().config());
    generator = new Learner("generator", network, recipe.optimizer(), device);
    average = FlatParameters.frozen(network, device);
    opponent = recipe.gan().map(this::opponent);
    step = step(pictureLosses());
  }

  private Opponent opponent(Recipe.Gan gan) {
    DiscriminatorSection wanted = gan.discriminator();
    Discriminator judge = wanted.network(recipe.network().channels(), recipe.data().crop());
    return new Opponent(
        judge,
        new Learner("discriminator", judge, recipe.optimizer().even(), device),
        wanted.rate(),
        new Balance(gan.adversarial().learnsBelow()));
  }

  private PictureLosses pictureLosses() throws IOException {
    List<PictureLosses.Term<PixelLoss>> pixels = new ArrayList<>();
    recipe
        .loss()
        .forEach(
            (kind, weight) ->
                kind.ofPixels()
                    .ifPresent(loss -> pixels.add(new PictureLosses.Term<>(kind, loss, weight))));
    List<PictureLosses.Term<PerceptualLoss>> features = new ArrayList<>();
    for (FeatureSection section : recipe.features()) {
      double weight = recipe.loss().get(section.kind());
      features.add(new PictureLosses.Term<>(section.kind(), featureLoss(section), weight));
    }
    return new PictureLosses(pixels, features);
  }

  private PerceptualLoss featureLoss(FeatureSection wanted) throws IOException {
    String name = Words.of(wanted.kind());
    Path file = wanted.file();
    TrainedFeatures trained;
    FlatParameters parameters;
    try {
      trained = TrainedFeatures.of(Weights.read(file), wanted.taps());
      parameters = FlatParameters.frozen(trained.network(), device);
      parameters.load(trained.weights());
    } catch (IllegalArgumentException e) {
      throw new IOException("%s: %s: %s".formatted(name, file, e.getMessage()), e);
    }
    if (recipe.data().crop() < trained.network().smallestSide()) {
      throw new IOException(
          "data.crop is %d, but %s.taps %s need pictures of at least %d pixels a side"
              .formatted(
                  recipe.data().crop(), name, wanted.taps(), trained.network().smallestSide()));
    }
    return new PerceptualLoss(
        trained.network(),
        parameters.held(precision),
        wanted.weights(),
        wanted.distance(),
        wanted.scale());
  }

  private Step step(PictureLosses losses) {
    if (opponent.isEmpty()) {
      return new PsnrStep(network, generator, losses, device, precision);
    }
    return new GanStep(
        network,
        generator,
        opponent.get(),
        losses,
        recipe.gan().orElseThrow().adversarial().loss(),
        recipe.loss().get(LossKind.ADVERSARIAL),
        device,
        precision);
  }

  /** First weights: those of the recipe's files, or drawn. */
  void begin() throws IOException {
    if (recipe.start().isPresent()) {
      GeneratorFile start = Weights.readGenerator(recipe.start().get());
      if (!start.config().equals(recipe.network().config())) {
        throw new IOException(
            "%s holds %s, the recipe wants %s"
                .formatted(recipe.start().get(), start.config(), recipe.network().config()));
      }
      generator.parameters().load(start.weights());
    } else {
      generator.parameters().initialise(recipe.network().initialisation(), recipe.seed());
    }
    if (opponent.isPresent()) {
      beginOpponent(recipe.gan().orElseThrow().discriminator(), opponent.get(), ~recipe.seed());
    }
    follow(0);
  }

  private static void beginOpponent(DiscriminatorSection wanted, Opponent mine, long seed)
      throws IOException {
    FlatParameters parameters = mine.learner().parameters();
    if (wanted.start().isEmpty()) {
      parameters.initialise(wanted.initialisation(), seed);
      return;
    }
    Path file = wanted.start().get();
    try {
      parameters.load(Weights.readDiscriminator(file).unbiased().weights());
    } catch (NoSuchElementException | IllegalArgumentException e) {
      throw new IOException(
          "discriminator.start: %s is not of the recipe's kind and size: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Everything as it was at a checkpoint.
   *
   * @throws java.util.NoSuchElementException if a tensor is missing there
   * @throws IllegalArgumentException if a tensor there is of another network
   */
  void restore(Checkpoint checkpoint) {
    StateDict state = checkpoint.state();
    Updates updates = checkpoint.updates();
    generator.restore(state, updates.generator());
    opponent.ifPresent(
        mine -> {
          mine.learner().restore(state, updates.discriminator());
          mine.balance().restore(updates.discriminatorNext());
        });
    average.load(state.under(AVERAGE));
  }

  /** One step, which changes nothing unless what it measured is finite and accepted. */
  Losses step(List<Batch> batches, double rate, Predicate<Losses> accepted) {
    Losses losses = step.run(batches, rate, accepted);
    if (losses.areFinite() && accepted.test(losses)) {
      follow(recipe.average());
    }
    return losses;
  }

  /** Moves the average towards the weights; a decay of 0 makes it equal to them. */
  private void follow(double decay) {
    try (Gradients none = Gradients.off()) {
      average.flat().towardsInPlace(generator.parameters().flat(), 1 - decay);
    }
  }

  Validation.Measured measure(Validation validation) {
    try (Scope scope = Scope.open()) {
      Executor.Settings settings = new Executor.Settings(device, precision, MEASURING_BYTES);
      return validation.measure(new Executor(network, average, settings));
    }
  }

  /** Everything that the run needs to go on. */
  Checkpoint checkpoint(Progress progress) {
    Map<String, Weight> all = new LinkedHashMap<>();
    learners().forEach(learner -> learner.save(all));
    average.toStateDict().weights().forEach((name, weight) -> all.put(AVERAGE + name, weight));
    return new Checkpoint(progress, updates(), machine(), recipe.toYaml(), StateDict.of(all));
  }

  private Updates updates() {
    return new Updates(
        generator.updates(),
        opponent.map(mine -> mine.learner().updates()).orElse(0L),
        opponent.map(mine -> mine.balance().learns()).orElse(true));
  }

  /**
   * The generator to be used: its average.
   *
   * @param more lines of metadata
   */
  StateDict model(long done, Map<String, String> more) {
    Map<String, String> metadata = new HashMap<>(card(done, "generator"));
    metadata.putAll(recipe.network().config().untold());
    metadata.putAll(more);
    return average.toStateDict().withMetadata(metadata);
  }

  /** What this computes with. */
  Machine machine() {
    return Machine.now(device, precision);
  }

  /** The discriminator, for a run that goes on from it; none in a PSNR stage. */
  Optional<StateDict> discriminator(long done) {
    return opponent.map(
        mine ->
            mine.learner()
                .parameters()
                .toStateDict()
                .withMetadata(card(done, mine.learner().name())));
  }

  private Map<String, String> card(long done, String role) {
    return Map.of(
        "format", "pt",
        "name", recipe.name(),
        "network", role,
        "steps", Long.toString(done),
        "scale", Integer.toString(recipe.scale()),
        "recipe", recipe.toYaml());
  }

  private List<Learner> learners() {
    List<Learner> learners = new ArrayList<>();
    learners.add(generator);
    opponent.ifPresent(mine -> learners.add(mine.learner()));
    return learners;
  }

  String describe() {
    String judge =
        opponent
            .map(mine -> ", against a discriminator of %,d".formatted(count(mine.network())))
            .orElse("");
    return "%,d parameters%s, %s on %s"
        .formatted(count(network), judge, precision.label(), device.label());
  }

  private static long count(Parameterised network) {
    return network.parameters().stream()
        .filter(parameter -> parameter.role().isTrained())
        .mapToLong(Parameter::count)
        .sum();
  }
}
