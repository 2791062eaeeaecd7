package io.esrgan.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a place between two models: 0 for the first, 1 for the second. */
final class Alpha implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      double alpha = Double.parseDouble(text);
      if (alpha >= 0 && alpha <= 1) {
        return alpha == 0 ? 0.0 : alpha; // minus zero is no name for anything
      }
    } catch (NumberFormatException e) {
      // Told below, as are numbers out of range.
    }
    throw new TypeConversionException(
        "\"%s\" is not between 0 (the first model) and 1 (the second)".formatted(text));
  }
}
