package io.esrgan.cli;

import io.esrgan.upscale.UpscaleOptions;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What is done to a result at the network's own scale, beside running the network once. */
final class RefinementOptions {
  /** Reads a number of back-projections. */
  static final class Times implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int times = Integer.parseInt(text);
        return UpscaleOptions.PLAIN.withBackProjections(times).backProjections();
      } catch (NumberFormatException e) {
        throw new TypeConversionException("\"%s\" is no whole number".formatted(text));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--ensemble",
      description =
          "Run the network on all eight ways to turn and mirror a picture, and take the mean:"
              + " nearer to the original and a little smoother, in eight times the time.")
  private boolean ensemble;

  @Option(
      names = "--back-project",
      paramLabel = "N",
      converter = Times.class,
      description =
          "Shrink the result by bicubic, and add what it lacks of the input, N times (0 to "
              + UpscaleOptions.MOST_BACK_PROJECTIONS
              + "); costs little. Nearer to the original where the input was shrunk by bicubic;"
              + " noise that the model took away comes back too. Default: 0.")
  private int backProjections = 0;

  /** The options, with a scale that is wanted or without one. */
  UpscaleOptions with(OptionalDouble scale) {
    return new UpscaleOptions(scale, ensemble, backProjections);
  }

  /** Whether anything is asked for. */
  boolean isGiven() {
    return ensemble || backProjections > 0;
  }

  /**
   * Refuses models that the options make no sense with.
   *
   * @throws ParameterException if the result is to be back-projected, but not larger
   */
  void requireFit(int networkScale) {
    try {
      with(OptionalDouble.empty()).requireFit(networkScale);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  /**
   * What a table's reader must know of them, such as {@code , mean of 8 orientations}; or nothing.
   */
  String note() {
    String projected =
        backProjections == 0
            ? ""
            : ", back-projected %s".formatted(Phrases.count(backProjections, "time"));
    return (ensemble ? ", mean of 8 orientations" : "") + projected;
  }
}
