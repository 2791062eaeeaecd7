package io.esrgan.bench;

import io.esrgan.data.Batch;
import io.esrgan.data.BatchLoader;
import io.esrgan.data.PictureFolder;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.train.DataSection;
import io.esrgan.train.FeatureSection;
import io.esrgan.train.Losses;
import io.esrgan.train.Recipe;
import io.esrgan.train.Step;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A recipe's own step, as {@link io.esrgan.train.Trainer} runs it: on batches of pictures that are
 * decoded and cut meanwhile, and on one batch that stays in memory. What the first takes more is
 * what the data pipeline costs.
 *
 * <p>Both train the same networks, in turns of some steps. A batch is prepared while a step runs
 * that takes another, so a turn leaves the other nothing to pay for, unless preparing a batch takes
 * longer than a step.
 */
final class RecipeContest {
  private static final String PERCEPTUAL = "perceptual.network";
  private static final List<String> STARTS = List.of("start", "discriminator.start");

  private final Options.RecipeRun run;
  private final Contest contest;

  RecipeContest(Options options) {
    this.run = options.recipe();
    this.contest = options.contest();
  }

  /**
   * Runs it.
   *
   * @throws IOException if the recipe, its pictures or its weights cannot be read
   */
  String report() throws IOException {
    Map<String, String> settings = new HashMap<>(run.settings());
    STARTS.forEach(key -> settings.putIfAbsent(key, "")); // what the weights are costs no time
    Recipe recipe = Recipe.load(run.name(), settings);
    Optional<FeatureSection> missing =
        recipe.perceptual().filter(wanted -> !Files.isRegularFile(Path.of(wanted.network())));
    if (missing.isEmpty()) {
      return timed(recipe, "");
    }
    Path file = Files.createTempFile("features", ".safetensors");
    try {
      FeatureSection wanted = missing.get();
      Weights.write(
          file, DrawnFeatures.weights(DrawnFeatures.named(wanted.network(), wanted.taps())));
      settings.put(PERCEPTUAL, file.toString());
      return timed(
          Recipe.load(run.name(), settings),
          " Weights of %s are drawn, in its true shape: %s names no file."
              .formatted(wanted.network(), PERCEPTUAL));
    } finally {
      Files.delete(file);
    }
  }

  private String timed(Recipe recipe, String remark) throws IOException {
    PictureFolder pictures = recipe.data().pictures(recipe.scale());
    try (Scope scope = Scope.open();
        BatchLoader loader = loader(recipe, pictures)) {
      Step step = Step.of(recipe);
      double rate = recipe.schedule().rate(0);
      int accumulate = recipe.optimizer().accumulate();
      Precision precision = recipe.precision().on(Device.best());
      List<Batch> held = next(loader, accumulate);
      List<Contestant> contestants =
          List.of(
              turn(
                  "pictures, decoding included",
                  precision,
                  step,
                  rate,
                  () -> next(loader, accumulate)),
              turn("one batch in memory", precision, step, rate, () -> held));
      List<Timing> timings = contest.run(contestants);
      return describe(recipe, pictures, remark, contestants, timings);
    }
  }

  private static BatchLoader loader(Recipe recipe, PictureFolder pictures) {
    DataSection data = recipe.data();
    return new BatchLoader(
        pictures, recipe.batchPlan(), recipe.seed(), 1, data.workers(), data.cacheBytes());
  }

  private static List<Batch> next(BatchLoader loader, int count) throws IOException {
    List<Batch> next = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      next.add(loader.next());
    }
    return next;
  }

  /** Where a step's batches come from. */
  private interface Source {
    List<Batch> next() throws IOException;
  }

  private Contestant turn(String name, Precision precision, Step step, double rate, Source source) {
    return new Contestant(
        name,
        Optional.empty(),
        precision,
        () -> {
          for (int i = 0; i < run.steps(); i++) {
            try {
              if (!step.run(source.next(), rate, Losses::areFinite).areFinite()) {
                throw new IllegalStateException("a loss is no number, so nothing is learned");
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private String describe(
      Recipe recipe,
      PictureFolder pictures,
      String remark,
      List<Contestant> contestants,
      List<Timing> timings) {
    MarkdownTable table = new MarkdownTable("batches", "steps/s", "median s", "best s");
    for (int i = 0; i < contestants.size(); i++) {
      double median = timings.get(i).median() / run.steps();
      table.row(
          contestants.get(i).name(),
          number("%.4f", 1 / median),
          number("%.4f", median),
          number("%.4f", timings.get(i).best() / run.steps()));
    }
    Device device = Device.best();
    return """
    Recipe %s: %s, %s stage, %d pairs of %dx%d crops a step, %s on %s; \
    %d rounds of %d steps each, on %s, %d MB of cache, %d %s to prepare batches.%s

    %s

    The data pipeline costs %s percent. Memory: %s.
    """
        .formatted(
            recipe.name(),
            recipe.network().title(),
            recipe.gan().isPresent() ? "GAN" : "PSNR",
            recipe.data().batch() * recipe.optimizer().accumulate(),
            recipe.data().crop(),
            recipe.data().crop(),
            recipe.precision().on(device).label(),
            device.label(),
            contest.rounds(),
            run.steps(),
            pictures,
            recipe.data().cacheBytes() >> 20,
            recipe.data().workers(),
            recipe.data().workers() == 1 ? "thread" : "threads",
            remark,
            table,
            number("%.1f", 100 * (timings.get(0).ratioTo(timings.get(1)) - 1)),
            ResidentMemory.describe())
        .strip();
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
