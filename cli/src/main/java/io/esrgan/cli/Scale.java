package io.esrgan.cli;

import io.esrgan.upscale.UpscaleOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many times larger a result is to be, whole or not. */
final class Scale implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    try {
      double scale = Double.parseDouble(text);
      return UpscaleOptions.PLAIN.withScale(scale).scaleOf(1);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("\"%s\" is no number".formatted(text));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
