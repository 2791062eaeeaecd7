package io.esrgan.train;

import io.esrgan.data.Batch;
import io.esrgan.exec.Executor;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A generator in training: its weights, their average, the optimiser, and how all of it is saved
 * and brought back.
 *
 * <p>Its tensors belong to the scope that was open when it was made.
 */
final class GeneratorTraining {
  private static final int CHECKPOINTS_KEPT = 3;

  /** For measuring; fixed, so that what is measured does not depend on what else runs. */
  private static final long MEASURING_BYTES = 4L << 30;

  private final Recipe recipe;
  private final Device device = Device.best();
  private final Precision precision;
  private final RrdbNet generator;
  private final FlatParameters parameters;
  private final FlatParameters average; // what is measured and given away
  private final Adam adam;
  private final Step step;

  GeneratorTraining(Recipe recipe) {
    this.recipe = recipe;
    precision = recipe.precision().on(device);
    generator = new RrdbNet(recipe.network().config(recipe.scale()));
    parameters = FlatParameters.trainable(generator, device);
    average = FlatParameters.frozen(generator, device);
    Recipe.Optimizer optimizer = recipe.optimizer();
    adam = new Adam(parameters, device, optimizer.beta1(), optimizer.beta2(), optimizer.epsilon());
    step =
        new PsnrStep(
            generator, parameters, adam, recipe.loss().get(Recipe.LossKind.L1), device, precision);
  }

  /** First weights: those of the recipe's file, or drawn. Returns the steps that are done: none. */
  long begin() throws IOException {
    if (recipe.start().isPresent()) {
      GeneratorFile start = Weights.readGenerator(recipe.start().get());
      if (!start.config().equals(generator.config())) {
        throw new IOException(
            "%s holds %s, the recipe wants %s"
                .formatted(recipe.start().get(), start.config(), generator.config()));
      }
      parameters.load(start.weights());
    } else {
      parameters.initialise(recipe.network().initialisation(), recipe.seed());
    }
    follow(0);
    return 0;
  }

  /**
   * Everything as it was at a checkpoint.
   *
   * @throws java.util.NoSuchElementException if a tensor is missing there
   * @throws IllegalArgumentException if a tensor there is of another network
   */
  void restore(Checkpoint checkpoint) {
    checkpoint.restore(parameters, adam, average.flat());
  }

  Losses step(Batch batch, double rate) {
    Losses losses = step.run(batch, rate);
    follow(recipe.average());
    return losses;
  }

  /** Moves the average towards the weights; a decay of 0 makes it equal to them. */
  private void follow(double decay) {
    try (Gradients none = Gradients.off()) {
      average.flat().towardsInPlace(parameters.flat(), 1 - decay);
    }
  }

  double measure(Validation validation) {
    try (Scope scope = Scope.open()) {
      Executor.Settings settings = new Executor.Settings(device, precision, MEASURING_BYTES);
      return validation.psnr(new Executor(generator, average, settings));
    }
  }

  /** Writes a checkpoint and the model beside it; returns the checkpoint. */
  Path save(long done, Path folder) throws IOException {
    Checkpoint checkpoint = Checkpoint.of(done, recipe.toYaml(), parameters, adam, average.flat());
    Path written = checkpoint.write(folder.resolve("checkpoints"), CHECKPOINTS_KEPT);
    StateDict model = average.toStateDict();
    Map<String, String> card =
        Map.of(
            "format", "pt",
            "name", recipe.name(),
            "steps", Long.toString(done),
            "scale", Integer.toString(recipe.scale()),
            "recipe", recipe.toYaml());
    Weights.write(folder.resolve("model.safetensors"), model.withMetadata(card));
    return written;
  }

  String describe() {
    long numbers = generator.parameters().stream().mapToLong(Parameter::count).sum();
    return "%,d parameters, %s on %s".formatted(numbers, precision.label(), device.label());
  }
}
