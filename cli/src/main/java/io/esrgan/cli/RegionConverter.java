package io.esrgan.cli;

import io.esrgan.image.Region;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code X,Y,W,H}. */
final class RegionConverter implements ITypeConverter<Region> {
  @Override
  public Region convert(String text) {
    try {
      int[] numbers =
          Arrays.stream(text.split(",", -1)).mapToInt(n -> Integer.parseInt(n.strip())).toArray();
      if (numbers.length == 4) {
        return new Region(numbers[0], numbers[1], numbers[2], numbers[3]);
      }
    } catch (NumberFormatException e) {
      // Told below, as are too many and too few.
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
    throw new TypeConversionException(
        "\"%s\" is no rectangle; give its left and upper edge, width and height, as 40,60,96,96"
            .formatted(text));
  }
}
