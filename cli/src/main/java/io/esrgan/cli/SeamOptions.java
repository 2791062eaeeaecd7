package io.esrgan.cli;

import io.esrgan.exec.Executor;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How pictures that are too wide even for strips are cut into bands of columns. */
final class SeamOptions {
  /** Reads a number of columns. */
  static final class Columns implements ITypeConverter<Integer> {
    private static final int MOST = 1 << 20;

    @Override
    public Integer convert(String text) {
      try {
        int columns = Integer.parseInt(text);
        if (columns >= 0 && columns <= MOST) {
          return columns;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException(
          "\"%s\" is no number of columns from 0 to %d".formatted(text, MOST));
    }
  }

  @Option(
      names = "--overlap",
      paramLabel = "COLUMNS",
      converter = Columns.class,
      description =
          "Columns that bands see of their neighbours, where a picture is too wide for strips and"
              + " is cut into bands too. Fewer than the model sees save time, and make the result"
              + " an approximation. Default: as many as the model sees, which is exact.")
  private Optional<Integer> overlap = Optional.empty();

  @Option(
      names = "--verify-seams",
      description =
          "Compute some columns and rows around the edges of bands exactly too, and tell the"
              + " largest difference.")
  private boolean verify;

  /** Whether an approximation is to be held against the exact result. */
  boolean verify() {
    return verify;
  }

  /** The settings, with the overlap that is wanted. */
  Executor.Settings with(Executor.Settings settings) {
    return new Executor.Settings(
        settings.device(),
        settings.precision(),
        settings.memoryBytes(),
        overlap.map(OptionalInt::of).orElseGet(OptionalInt::empty));
  }
}
