package io.esrgan.bench;

import io.esrgan.weights.RrdbConfig;
import java.util.List;
import java.util.Optional;

/**
 * What to measure, and how.
 *
 * @param inference whether to run the contest of single pictures
 * @param training whether to run the contest of training steps
 * @param contest how often each contestant runs
 * @param input side of the square input picture
 * @param batch pictures in a training batch
 * @param crop side of their square low-resolution crops
 * @param model measures of the network, if others than each contest's own
 */
record Options(
    boolean inference,
    boolean training,
    Contest contest,
    int input,
    int batch,
    int crop,
    Optional<RrdbConfig> model) {

  static final String USAGE =
      """
      usage: io.esrgan.bench.Main [inference|training|all] [options]
        --rounds N         times each contestant runs, 15 if not given
        --warm-up N        runs before that which are not counted, 3
        --input PIXELS     side of the picture in the inference contest, 128
        --batch N          pictures in a training batch, 16
        --crop PIXELS      side of their low-resolution crops, 32
        --model NF,GC,NB   features, growth and blocks; 64,32,23 (inference), 64,32,4 (training)
      """;

  static Options parse(List<String> arguments) {
    boolean inference = true;
    boolean training = true;
    int rounds = 15;
    int warmUps = 3;
    int input = 128;
    int batch = 16;
    int crop = 32;
    Optional<RrdbConfig> model = Optional.empty();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        inference = isWanted("inference", argument);
        training = isWanted("training", argument);
        continue;
      }
      if (++i == arguments.size()) {
        throw new IllegalArgumentException(argument + " wants a value");
      }
      String value = arguments.get(i);
      switch (argument) {
        case "--rounds" -> rounds = positive(argument, value);
        case "--warm-up" -> warmUps = whole(argument, value);
        case "--input" -> input = positive(argument, value);
        case "--batch" -> batch = positive(argument, value);
        case "--crop" -> crop = positive(argument, value);
        case "--model" -> model = Optional.of(model(value));
        default -> throw new IllegalArgumentException("there is no option " + argument);
      }
    }
    return new Options(
        inference, training, new Contest(warmUps, rounds), input, batch, crop, model);
  }

  private static boolean isWanted(String contest, String argument) {
    if (!List.of("inference", "training", "all").contains(argument)) {
      throw new IllegalArgumentException("there is no contest " + argument);
    }
    return argument.equals(contest) || argument.equals("all");
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

  private static RrdbConfig model(String value) {
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

  RrdbConfig inferenceModel() {
    return model.orElse(RrdbConfig.PAPER);
  }

  RrdbConfig trainingModel() {
    return model.orElse(model(64, 32, 4));
  }
}
