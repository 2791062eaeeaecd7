package io.esrgan.train;

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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Everything that a run needs to go on as if it had never stopped, in one safetensors file.
 *
 * <p>The tensors are, for each network that learns, its weights and what its optimiser remembers,
 * each under its prefix and the weight's own name, and the average of the generator's weights; the
 * metadata are the format, the step, how often each network has changed, what the guard and the
 * measurements came to, what it was computed with, and the recipe. Batches follow from seed, step
 * and roll-backs, so nothing else is random.
 *
 * @param recipe the resolved recipe, as YAML
 * @param state the tensors
 */
record Checkpoint(
    Progress progress, Updates updates, Machine machine, String recipe, StateDict state) {
  private static final String FORMAT = "esrgan-checkpoint-3";
  private static final String DIGITS = "\\d{1,18}";
  private static final Pattern NAME = Pattern.compile("(\\d{9,18})\\.checkpoint\\.safetensors");

  /** Steps that are done. */
  long step() {
    return progress.step();
  }

  /** Whether a run may go back to it: whether its last step was a good one. */
  boolean isGood() {
    return progress.guard().bad() == 0;
  }

  /** The name of a tensor that holds something else than finite numbers, if there is one. */
  Optional<String> notFinite() {
    return state.weights().entrySet().stream()
        .filter(entry -> !isFinite(entry.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static boolean isFinite(Weight weight) {
    for (float value : weight.floats()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes {@code folder/STEP.checkpoint.safetensors}, then deletes all but the {@code keep}
   * newest. One that is not good takes no other's place.
   */
  Path write(Path folder, int keep) throws IOException {
    Path file = folder.resolve(String.format(Locale.ROOT, "%09d.checkpoint.safetensors", step()));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("step", Long.toString(step()));
    updates.save(metadata);
    metadata.put("recipe", recipe);
    progress.save(metadata);
    machine.save(metadata);
    Weights.write(file, state.withMetadata(metadata));
    List<Path> all = newestFirst(folder);
    for (Path old :
        isGood() ? all.subList(Math.min(keep, all.size()), all.size()) : List.<Path>of()) {
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
    if (!step.matches(DIGITS) || Long.parseLong(step) != stepOf(file)) {
      throw new IOException(
          "%s holds the step \"%s\", not the one in its name".formatted(file, step));
    }
    try {
      Updates updates = Updates.read(metadata);
      if (!updates.fit(stepOf(file))) {
        throw new IOException("%s tells of %s in %s steps".formatted(file, updates, step));
      }
      return new Checkpoint(
          Progress.read(stepOf(file), metadata),
          updates,
          Machine.read(metadata),
          metadata.getOrDefault("recipe", ""),
          state);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s does not tell how its run stood: %s".formatted(file, e.getMessage()), e);
    }
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
  static long stepOf(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }
}
