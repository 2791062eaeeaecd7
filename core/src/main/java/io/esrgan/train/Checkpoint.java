package io.esrgan.train;

import io.esrgan.nn.FlatParameters;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that a run needs to go on as if it had never stopped, in one safetensors file.
 *
 * <p>The tensors are the generator's weights, Adam's two means and, where there is one, the
 * weights' average, each under its prefix and the weight's own name; the metadata are the format,
 * the step and the recipe. Batches follow from seed and step, so nothing else is random.
 *
 * @param step steps that are done
 * @param recipe the resolved recipe, as YAML
 * @param state the tensors
 */
record Checkpoint(long step, String recipe, StateDict state) {
  private static final String FORMAT = "esrgan-checkpoint-1";
  private static final String GENERATOR = "generator.";
  private static final String FIRST = "adam.first.";
  private static final String SECOND = "adam.second.";
  private static final String AVERAGE = "average.";
  private static final Pattern NAME = Pattern.compile("(\\d{9,18})\\.checkpoint\\.safetensors");

  /** What is to be saved of a running training; {@code average} may be null. */
  static Checkpoint of(
      long step, String recipe, FlatParameters generator, Adam adam, Tensor average) {
    Map<String, Weight> all = new LinkedHashMap<>();
    put(all, GENERATOR, generator.toStateDict());
    put(all, FIRST, generator.toStateDict(adam.first()));
    put(all, SECOND, generator.toStateDict(adam.second()));
    if (average != null) {
      put(all, AVERAGE, generator.toStateDict(average));
    }
    return new Checkpoint(step, recipe, StateDict.of(all));
  }

  /**
   * Puts everything back where {@link #of} took it from.
   *
   * @throws NoSuchElementException if a tensor is missing
   * @throws IllegalArgumentException if a tensor has another shape, or no place in the network
   */
  void restore(FlatParameters generator, Adam adam, Tensor average) {
    generator.load(state.under(GENERATOR));
    generator.load(state.under(FIRST), adam.first());
    generator.load(state.under(SECOND), adam.second());
    adam.resumeAt(step);
    if (average != null) {
      boolean averaged = state.names().stream().anyMatch(name -> name.startsWith(AVERAGE));
      generator.load(state.under(averaged ? AVERAGE : GENERATOR), average);
    }
  }

  /**
   * Writes {@code folder/STEP.checkpoint.safetensors}, then deletes all but the {@code keep}
   * newest.
   */
  Path write(Path folder, int keep) throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, "%09d.checkpoint.safetensors", step));
    Map<String, String> metadata =
        Map.of("format", FORMAT, "step", Long.toString(step), "recipe", recipe);
    Weights.write(file, state.withMetadata(metadata));
    List<Path> all = newestFirst(folder);
    for (Path old : all.subList(Math.min(keep, all.size()), all.size())) {
      Files.deleteIfExists(old);
    }
    return file;
  }

  /**
   * Reads a checkpoint, whatever network it is of.
   *
   * @throws IOException if the file cannot be read, is no checkpoint, or is of another step than
   *     its name says
   */
  static Checkpoint read(Path file) throws IOException {
    StateDict state = Weights.read(file);
    Map<String, String> metadata = state.metadata();
    String format = metadata.get("format");
    if (!FORMAT.equals(format)) {
      throw new IOException(
          "%s is not a checkpoint of this version: its format is %s, not %s"
              .formatted(file, format == null ? "not given" : format, FORMAT));
    }
    String step = metadata.getOrDefault("step", "");
    if (!step.matches("\\d{1,18}") || Long.parseLong(step) != stepOf(file)) {
      throw new IOException(
          "%s holds the step \"%s\", not the one in its name".formatted(file, step));
    }
    return new Checkpoint(stepOf(file), metadata.getOrDefault("recipe", ""), state);
  }

  /** The checkpoints of a folder, by the steps in their names; other files are passed over. */
  static List<Path> newestFirst(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> stepOf(file) >= 0)
          .sorted(Comparator.comparingLong(Checkpoint::stepOf).reversed())
          .toList();
    }
  }

  /** The step in a file's name, or -1 if that is no checkpoint's. */
  private static long stepOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private static void put(Map<String, Weight> all, String prefix, StateDict part) {
    part.weights().forEach((name, weight) -> all.put(prefix + name, weight));
  }
}
