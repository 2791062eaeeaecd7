package io.esrgan.cli;

import io.esrgan.image.Region;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands have in common that draw figures of several models, and print their numbers. */
final class FigureOptions {
  @Option(
      names = "--crop",
      paramLabel = "X,Y,W,H",
      converter = RegionConverter.class,
      description =
          "What a figure shows, in pixels of the high-resolution picture. Default: the square with"
              + " most texture.")
  private Optional<Region> crop = Optional.empty();

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  @Mixin private NiqeOption niqe;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  Optional<Region> crop() {
    return crop;
  }

  OutputForm form() {
    return form;
  }

  NiqeOption niqe() {
    return niqe;
  }

  boolean force() {
    return force;
  }
}
