package io.esrgan.cli;

import io.esrgan.exec.Executor;
import io.esrgan.study.Method;
import io.esrgan.train.Trainer;
import io.esrgan.upscale.EmbeddedModel;
import io.esrgan.upscale.UpscaleOptions;
import io.esrgan.upscale.Upscaler;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The models of one evaluation, all of one scale, under the names that they have in its table. */
final class MeasuredModels implements AutoCloseable {
  /** What every training calls its networks, so that it tells nobody which it is. */
  private static final Set<String> USUAL = Set.of(Trainer.MODEL, Trainer.BEST);

  /** A generator, and what names its weights. */
  private record Model(GeneratorFile generator, String weights) {}

  private final Map<String, Model> models;
  private final List<String> notes = new ArrayList<>();
  private final List<Upscaler> upscalers = new ArrayList<>();

  private MeasuredModels(Map<String, Model> models) {
    this.models = models;
  }

  static MeasuredModels none() {
    return new MeasuredModels(Map.of());
  }

  /** The model that comes inside, at each alpha. */
  static MeasuredModels embedded(List<Double> alphas) {
    MeasuredModels measured = new MeasuredModels(new LinkedHashMap<>());
    alphas.forEach(measured::addEmbedded);
    return measured;
  }

  /** Reads the files. */
  static MeasuredModels open(List<Path> files) throws IOException {
    return of(List.of(), files);
  }

  /** The model that comes inside, at each alpha, and after it the files. */
  static MeasuredModels of(List<Double> alphas, List<Path> files) throws IOException {
    MeasuredModels measured = embedded(alphas);
    for (Path file : files) {
      measured.add(file);
    }
    return measured;
  }

  private void addEmbedded(double alpha) {
    models.put(
        EmbeddedModel.name(alpha),
        new Model(EmbeddedModel.load(alpha), EmbeddedModel.pair().identity(alpha)));
  }

  private void add(Path file) throws IOException {
    GeneratorFile generator = Weights.readGenerator(file);
    String sha256 = Weights.sha256(file);
    models.put(name(file), new Model(generator, sha256));
    notes.add("%s: SHA-256 %s".formatted(file, sha256));
    requireScale(file, generator.config().scale());
  }

  /**
   * The file's own name; with its folder's where that says nothing, as every training's does, or is
   * taken; else all of it.
   */
  private String name(Path file) {
    Path own = file.getFileName();
    Path parent = file.toAbsolutePath().normalize().getParent().getFileName();
    String inFolder = parent == null ? own.toString() : parent + "/" + own;
    return Stream.of(own.toString(), inFolder, file.toString())
        .filter(name -> !USUAL.contains(name) && !models.containsKey(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(file + " is named twice; name it once"));
  }

  private void requireScale(Path file, int scale) {
    int first = scale().orElseThrow();
    if (scale != first) {
      throw new IllegalArgumentException(
          "%s enlarges x%d, the models before it x%d; measure them in runs of their own"
              .formatted(file, scale, first));
    }
  }

  /** How many times larger all of them make a picture; nothing if there are none. */
  Optional<Integer> scale() {
    return models.values().stream().findFirst().map(model -> model.generator().config().scale());
  }

  /** The models ready to be run. Loads the engine, unless there are none. */
  List<Method> methods(EngineOptions engine, RefinementOptions refinement) {
    List<Method> methods = new ArrayList<>();
    if (models.isEmpty()) {
      return methods;
    }
    UpscaleOptions options = refinement.with(OptionalDouble.empty());
    Executor.Settings settings = engine.settings();
    for (Map.Entry<String, Model> entry : models.entrySet()) {
      Model model = entry.getValue();
      Upscaler upscaler = Upscaler.of(model.generator(), settings, options);
      upscalers.add(upscaler);
      methods.add(
          Method.of(
              entry.getKey(),
              model.weights(),
              upscaler::upscale,
              (width, height) -> OptionalLong.of(upscaler.plannedBytes(width, height))));
    }
    notes.add(
        "models computed in %s on %s%s"
            .formatted(settings.precision().label(), settings.device().label(), refinement.note()));
    return methods;
  }

  /** What a reader of the table must know of the models. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  @Override
  public void close() {
    upscalers.forEach(Upscaler::close);
  }
}
