package io.esrgan.bench;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.weights.RrdbConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What to measure, and how.
 *
 * @param wanted the contests to run
 * @param contest how often each contestant runs
 * @param asked what contestants compute in, but for the plainest; none for what the processor has
 *     instructions for
 * @param only how the names of those that run pictures begin; empty for all
 * @param inputs sizes of input pictures, at least one
 * @param batch pictures in a training batch
 * @param crop side of their square low-resolution crops
 * @param model measures of the network, if others than each contest's own
 * @param recipe what the contest of recipes runs
 * @param output where the tables go too
 */
record Options(
    Set<Kind> wanted,
    Contest contest,
    Set<Precision> asked,
    String only,
    List<PictureSize> inputs,
    int batch,
    int crop,
    Optional<RrdbConfig> model,
    RecipeRun recipe,
    Optional<Path> output) {

  /** What {@code --precision} takes for all of them. */
  private static final String ALL = "all";

  /** The contests. */
  enum Kind {
    INFERENCE,
    MEMORY,
    TRAINING,
    GAN,
    RECIPE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A recipe to time.
   *
   * @param name of a built-in recipe, or a file
   * @param settings values that replace the recipe's, by key
   * @param steps in a turn
   */
  record RecipeRun(String name, Map<String, String> settings, int steps) {
    RecipeRun {
      settings = Map.copyOf(settings);
    }
  }

  static final String USAGE =
      """
      usage: io.esrgan.bench.Main [inference|memory|training|gan|all|recipe] [options]
        --rounds N         times each contestant runs, 15 if not given
        --warm-up N        runs before that which are not counted, 3
        --precision P      float32, bfloat16 or all; what the processor has instructions for
        --only NAME        contestants whose name begins so, in inference and memory: Executor, bare
        --input SIZES      pictures for inference and memory, such as 128,1024x768; 128
        --batch N          pictures in a training batch, 16
        --crop PIXELS      side of their low-resolution crops, 32; 32 or 64 for the GAN
        --model NF,GC,NB   features, growth and blocks; 64,32,23 (inference), 64,32,4 (training)
        --recipe NAME      what the contest "recipe" runs: a built-in recipe or a file, compact-psnr
        --set KEY=VALUE    a value that replaces the recipe's, such as data.train=FOLDER
        --steps N          the recipe's steps in a turn, 8
        --output FILE      where the tables are written, beside the terminal
      """;

  static Options parse(List<String> arguments) {
    Set<Kind> wanted = all();
    int rounds = 15;
    int warmUps = 3;
    Set<Precision> asked = EnumSet.noneOf(Precision.class);
    String only = "";
    List<PictureSize> inputs = List.of(new PictureSize(128, 128));
    int batch = 16;
    int crop = 32;
    Optional<RrdbConfig> model = Optional.empty();
    String recipe = "compact-psnr";
    Map<String, String> settings = new HashMap<>();
    int steps = 8;
    Optional<Path> output = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        wanted = argument.equals(ALL) ? all() : EnumSet.of(kind(argument));
        continue;
      }
      if (++i == arguments.size()) {
        throw new IllegalArgumentException(argument + " wants a value");
      }
      String value = arguments.get(i);
      switch (argument) {
        case "--rounds" -> rounds = positive(argument, value);
        case "--warm-up" -> warmUps = whole(argument, value);
        case "--precision" -> asked = precisions(value);
        case "--only" -> only = value;
        case "--input" -> inputs = sizes(argument, value);
        case "--batch" -> batch = positive(argument, value);
        case "--crop" -> crop = positive(argument, value);
        case "--model" -> model = Optional.of(model(value));
        case "--recipe" -> recipe = value;
        case "--set" -> set(settings, value);
        case "--steps" -> steps = positive(argument, value);
        case "--output" -> output = Optional.of(output(value));
        default -> throw new IllegalArgumentException("there is no option " + argument);
      }
    }
    if (wanted.contains(Kind.GAN) && crop != 32 && crop != 64) {
      throw new IllegalArgumentException(
          "--crop wants 32 or 64 in the contest gan, whose discriminator judges pictures of 128 or"
              + " 256 pixels, not "
              + crop);
    }
    Options options =
        new Options(
            wanted,
            new Contest(warmUps, rounds),
            asked,
            only,
            inputs,
            batch,
            crop,
            model,
            new RecipeRun(recipe, settings, steps),
            output);
    if (!only.isEmpty() && InferenceWay.of(options).isEmpty()) {
      throw new IllegalArgumentException(
          "--only wants the beginning of a contestant's name, such as Executor, not " + only);
    }
    return options;
  }

  /** All that need no pictures. */
  private static Set<Kind> all() {
    return EnumSet.complementOf(EnumSet.of(Kind.RECIPE));
  }

  private static Kind kind(String name) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.label().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no contest " + name));
  }

  private static Set<Precision> precisions(String name) {
    return name.equals(ALL) ? EnumSet.allOf(Precision.class) : EnumSet.of(precision(name));
  }

  private static Precision precision(String name) {
    return Arrays.stream(Precision.values())
        .filter(precision -> precision.label().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--precision wants one of %s, all, not %s"
                        .formatted(
                            Arrays.stream(Precision.values())
                                .map(Precision::label)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  private static void set(Map<String, String> settings, String value) {
    String[] parts = value.split("=", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "--set wants KEY=VALUE such as data.train=FOLDER, not " + value);
    }
    settings.put(parts[0], parts[1]);
  }

  /** A file that can be written once all is measured, as far as that can be known before. */
  private static Path output(String value) {
    Path file = Path.of(value);
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "--output wants a file in a folder that exists, not " + value);
    }
    return file;
  }

  private static List<PictureSize> sizes(String option, String value) {
    return Arrays.stream(value.split(",", -1)).map(size -> size(option, size)).toList();
  }

  private static PictureSize size(String option, String value) {
    String[] sides = value.split("x", -1);
    if (sides.length > 2) {
      throw new IllegalArgumentException(
          option + " wants sizes such as 128 or 1024x768, not " + value);
    }
    int width = positive(option, sides[0]);
    return new PictureSize(width, sides.length == 2 ? positive(option, sides[1]) : width);
  }

  private static int positive(String option, String value) {
    int number = whole(option, value);
    if (number < 1) {
      throw new IllegalArgumentException(option + " wants 1 or more, not " + value);
    }
    return number;
  }

  private static int whole(String option, String value) {
    try {
      return Integer.parseUnsignedInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " wants a whole number, not " + value, e);
    }
  }

  /** The network's measures as {@code --model} takes them. */
  static RrdbConfig model(String value) {
    String[] parts = value.split(",", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "--model wants features,growth,blocks such as 64,32,23, not " + value);
    }
    return model(
        positive("--model", parts[0]),
        positive("--model", parts[1]),
        positive("--model", parts[2]));
  }

  /** An RGB network of plain blocks at scale 4. */
  static RrdbConfig model(int features, int growth, int blocks) {
    return new RrdbConfig(3, 3, features, growth, blocks, 4, 1, false);
  }

  /** What contestants compute in, but for the plainest. */
  Set<Precision> precisions() {
    if (!asked.isEmpty()) {
      return asked;
    }
    return multipliesBfloat16() ? EnumSet.allOf(Precision.class) : EnumSet.of(Precision.FLOAT32);
  }

  private static boolean multipliesBfloat16() {
    return Device.CPU.preferredPrecision() == Precision.BFLOAT16;
  }

  /** What a reader must know of what is missing, after a space; empty where nothing is. */
  String remark() {
    return asked.isEmpty() && !multipliesBfloat16()
        ? " bfloat16 was left out: this processor has no instructions for it, so that it is"
            + " emulated and slow; --precision all measures it too."
        : "";
  }

  /** What bare loops are run in; the plainest too, since all are held against it. */
  List<Format> formats() {
    return Arrays.stream(Format.values())
        .filter(
            format -> format == Format.NCHW_FLOAT32 || precisions().contains(format.precision()))
        .toList();
  }

  RrdbConfig inferenceModel() {
    return model.orElse(RrdbConfig.PAPER);
  }

  RrdbConfig trainingModel() {
    return model.orElse(model(64, 32, 4));
  }
}
