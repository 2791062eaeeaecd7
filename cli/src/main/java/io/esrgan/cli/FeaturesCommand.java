package io.esrgan.cli;

import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.report.Column;
import io.esrgan.report.PictureGrid;
import io.esrgan.report.Table;
import io.esrgan.study.FeatureActivity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan features}: how little of a classifier's features is left after activation. */
@Command(
    name = "features",
    description = {
      "Shows what a perceptual loss compares: the features of pictures in a classifier's layer,"
          + " before and after its rectifier, and how many of them the rectifier leaves (Wang et"
          + " al. 2018, figure 6)."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan features baboon.png",
      "  esrgan features baboon.png -o maps.png",
      "  esrgan features photo.png --network vgg19 --layer 2_2"
    })
final class FeaturesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Pictures.")
  private List<Path> images;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description =
          "vgg19 or squeezenet1_1 (see esrgan assets), or a file of such weights. Default: vgg19.")
  private String network = "vgg19";

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description =
          "For VGG19 a convolution, such as 5_4; for SqueezeNet a fire module, 2 to 9. Default: the"
              + " last, 5_4 and 9.")
  private Optional<String> layer = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write a picture of the maps, such as maps.png.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  @ArgGroup(exclusive = true)
  private OutputForm form = new OutputForm();

  @Override
  public Integer call() throws IOException {
    if (output.isPresent()) {
      WeightOutput.requireWritable(output.get(), force);
      Images.requireWritable(Picture.Channels.RGB, output.get());
    }
    FeatureActivity activity = activity();
    List<List<Object>> rows = new ArrayList<>();
    List<PictureGrid.Row> shown = new ArrayList<>();
    for (Path image : images) {
      Picture picture = Images.read(image);
      FeatureActivity.Maps maps = maps(activity, image, picture);
      String name = image.getFileName().toString();
      rows.add(
          List.of(name, activity.after(), maps.channels(), maps.neurons(), maps.share() * 100));
      if (output.isPresent()) {
        shown.add(maps.row(name, picture));
      }
    }
    form.print(
        spec,
        new Table(
            List.of(
                Column.text("picture"),
                Column.text("layer"),
                Column.number("maps", "", 0),
                Column.number("neurons", "", 0),
                Column.number("active", "percent above 0 after the rectifier", 2)),
            rows,
            List.of(activity.note())));
    if (output.isPresent()) {
      PictureGrid.Panel panel = new PictureGrid.Panel(FeatureActivity.HEADS, shown);
      Images.write(
          new PictureGrid().draw(List.of(panel), List.of(activity.legend())), output.get(), force);
    }
    return ExitCode.DONE;
  }

  private FeatureActivity activity() throws IOException {
    try {
      return FeatureActivity.of(network, layer);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          layer
              .map(given -> "--layer %s: %s".formatted(given, e.getMessage()))
              .orElse("--network %s: %s".formatted(network, e.getMessage())),
          e);
    }
  }

  private static FeatureActivity.Maps maps(FeatureActivity activity, Path image, Picture picture) {
    try {
      return activity.of(picture);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(image, e.getMessage()), e);
    }
  }
}
