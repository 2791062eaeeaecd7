package io.esrgan.cli;

import io.esrgan.weights.Dtype;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A safetensors file that a command is to write. */
final class WeightOutput {
  static final String ENDING = ".safetensors";

  private final Path file;
  private final boolean force;

  /**
   * Checks what can be checked before any work is done.
   *
   * @throws ParameterException if the name has another ending
   * @throws IOException if the file is there already and may not be overwritten
   */
  WeightOutput(CommandSpec spec, Path file, boolean force) throws IOException {
    if (!endsIn(file, ENDING)) {
      throw new ParameterException(
          spec.commandLine(), "-o %s must end in %s".formatted(file, ENDING));
    }
    this.file = file;
    this.force = force;
    requireFree(file, force);
  }

  /** Whether a file's name has that ending, in whatever case. */
  static boolean endsIn(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /** Refuses to overwrite {@code file} unless that is wanted. */
  static void requireFree(Path file, boolean force) throws IOException {
    if (Files.exists(file) && !force) {
      throw new IOException(file + " exists already; give --force to overwrite it");
    }
  }

  /** Refuses, before anything is measured or computed, a file that could not be written then. */
  static void requireWritable(Path file, boolean force) throws IOException {
    requireFree(file, force);
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException("%s: there is no folder %s; make it first".formatted(file, folder));
    }
  }

  /**
   * Writes the weights.
   *
   * @param source what they were made of, for messages
   * @param dtype how numbers are stored, if not as they are
   */
  void write(StateDict weights, String source, Optional<DtypeChoice> dtype) throws IOException {
    StateDict stored = weights;
    if (dtype.isPresent()) {
      stored = weights.in(dtype.get().dtype());
      requireFinite(weights, stored, source, dtype.get());
    }
    if (force) {
      Weights.write(file, stored);
    } else {
      Weights.create(file, stored);
    }
  }

  /** float16 ends at 65504; what is beyond would become infinite, and every picture black. */
  private static void requireFinite(
      StateDict original, StateDict stored, String source, DtypeChoice dtype) throws IOException {
    for (String name : stored.names()) {
      if (original.get(name).isFinite() && !stored.get(name).isFinite()) {
        throw new IOException(
            "%s: %s has numbers too large for --dtype %s; give bfloat16 or float32"
                .formatted(source, name, dtype));
      }
    }
  }

  /** How numbers may be stored. */
  enum DtypeChoice {
    FLOAT32(Dtype.F32),
    FLOAT16(Dtype.F16),
    BFLOAT16(Dtype.BF16);

    private final Dtype dtype;

    DtypeChoice(Dtype dtype) {
      this.dtype = dtype;
    }

    Dtype dtype() {
      return dtype;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
