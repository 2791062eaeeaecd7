package io.esrgan.cli;

import io.esrgan.data.BatchPlan;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.report.PictureGrid;
import io.esrgan.study.DegradedSamples;
import io.esrgan.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esrgan degrade}: a contact sheet of what a recipe trains on. */
@Command(
    name = "degrade",
    description = {
      "Shows what a network is trained on: a sheet of crops, each beside several samples of what a"
          + " recipe's degradation makes of it, every pixel as large as it stands for."
    },
    footer = {
      "",
      "Examples:",
      "  esrgan degrade photo.png -o sheet.png",
      "  esrgan degrade a.png b.png -o sheet.png --count 8 --seed 3",
      "  esrgan degrade photo.png -o sheet.png --set degradation.jpeg=[10,50]"
    })
final class DegradeCommand implements Callable<Integer> {
  private static final int MOST = 16; // samples of a crop, pictures of a sheet

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Sharp pictures, up to 16.")
  private List<Path> images;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The sheet to write, such as sheet.png.")
  private Path output;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      defaultValue = "realesrnet",
      description =
          "A recipe that comes inside or a YAML file, with data.degradation. Default: realesrnet.")
  private String recipe;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description = "Another value for a key of the recipe. Can be given several times.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another number draws other samples. Default: 0.")
  private long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "5",
      description = "Samples of each picture, 1 to 16. Default: 5.")
  private int count;

  @Option(
      names = {"-f", "--force"},
      description = "Overwrite what is there already.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    if (count < 1 || count > MOST || images.size() > MOST) {
      throw wrong(
          "a sheet has 1 to %d pictures and --count 1 to %d, not %d and %d"
              .formatted(MOST, MOST, images.size(), count));
    }
    BatchPlan plan = Recipe.load(recipe, overrides).batchPlan();
    if (plan.degradation().isEmpty()) {
      throw wrong(
          "the recipe %s degrades nothing; add --set data.degradation=second-order"
              .formatted(recipe));
    }
    WeightOutput.requireFree(output, force);
    Images.requireWritable(Picture.Channels.RGB, output);
    DegradedSamples samples = new DegradedSamples(plan, seed, count);
    List<PictureGrid.Row> rows = new ArrayList<>();
    for (Path image : images) {
      rows.add(samples.row(image.getFileName().toString(), read(image), rows.size()));
    }
    PictureGrid.Panel panel = new PictureGrid.Panel(samples.heads(), rows);
    String note = "Degraded by the recipe %s, seed %d".formatted(recipe, seed);
    Images.write(new PictureGrid().draw(List.of(panel), List.of(note)), output, force);
    new Console(spec, false)
        .line("%d samples of %d pictures -> %s".formatted(count, images.size(), output));
    return ExitCode.DONE;
  }

  private static Picture read(Path image) throws IOException {
    Picture picture = Images.read(image).to8Bits();
    if (picture.channels() != Picture.Channels.RGB) {
      throw new IOException(
          "%s is %s, but the sheet takes RGB pictures; convert it".formatted(image, picture));
    }
    return picture;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
