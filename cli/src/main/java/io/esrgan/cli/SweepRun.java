package io.esrgan.cli;

import io.esrgan.asset.AssetException;
import io.esrgan.data.Dataset;
import io.esrgan.exec.Executor;
import io.esrgan.image.Images;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.metric.Lpips;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Psnr;
import io.esrgan.report.PictureGrid;
import io.esrgan.report.Table;
import io.esrgan.study.InterpolationSweep;
import io.esrgan.study.Measure;
import io.esrgan.study.Method;
import io.esrgan.upscale.Upscaler;
import io.esrgan.weights.Interpolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** All that lies between two models, measured on pictures and sets, and drawn for pictures. */
final class SweepRun {
  static final double USUAL_STEP = 0.2;
  private static final int MOST_DRAWN = 8; // pictures in one figure

  private final CommandSpec spec;
  private final List<Path> inputs;
  private final List<Double> alphas;
  private final Path figure; // null if none is wanted
  private final Optional<Region> crop;
  private final List<Metric> metrics = new ArrayList<>(List.of(new Psnr()));
  private final List<String> notes = new ArrayList<>();
  private final boolean force;

  /**
   * Checks what can be checked before any work is done.
   *
   * @throws IllegalArgumentException if the options make no sense together
   * @throws IOException if the figure may not be written
   */
  SweepRun(
      CommandSpec spec,
      List<Path> inputs,
      double step,
      Path figure,
      Optional<Region> crop,
      NiqeOption niqe,
      boolean force)
      throws IOException {
    this.spec = spec;
    this.inputs = inputs;
    this.alphas = InterpolationSweep.alphas(step);
    this.figure = figure;
    this.crop = crop;
    this.force = force;
    if (figure != null) {
      long pictures = inputs.stream().filter(input -> !Files.isDirectory(input)).count();
      if (pictures < 1 || pictures > MOST_DRAWN) {
        throw new IllegalArgumentException(
            "-o draws 1 to %d pictures, not %d; name pictures themselves, a folder is only measured"
                .formatted(MOST_DRAWN, pictures));
      }
      WeightOutput.requireFree(figure, force);
      Images.requireWritable(Picture.Channels.RGB, figure);
    }
    try {
      metrics.add(niqe.read());
    } catch (AssetException e) { // the sweep is made without it
      notes.add("without NIQE: " + e.getMessage());
    }
    Lpips.ifPresent(Lpips.Backbone.ALEX).ifPresent(metrics::add);
  }

  /** Measures, writes the figure if one is wanted, and returns the table. */
  Table of(Interpolation interpolation, Executor.Settings settings) throws IOException {
    int scale = interpolation.a().generator().config().scale();
    List<Dataset> sets = new ArrayList<>();
    for (Path input : inputs) {
      sets.add(
          Files.isDirectory(input) ? Dataset.open(input, scale) : Dataset.ofPicture(input, scale));
    }
    PictureGrid grid = figure == null ? null : new PictureGrid();
    List<PictureGrid.Panel> panels = new ArrayList<>();
    List<InterpolationSweep.Outcome> outcomes = new ArrayList<>();
    InterpolationSweep sweep;
    long pictures = sets.stream().mapToInt(Dataset::size).sum();
    try (Networks networks = new Networks(interpolation, alphas, settings);
        Meter meter =
            new Meter(new Console(spec, false), "Measuring", 0, pictures * alphas.size())) {
      sweep = new InterpolationSweep(scale, networks.counted(meter), measures(scale));
      for (int i = 0; i < sets.size(); i++) {
        if (figure == null || Files.isDirectory(inputs.get(i))) {
          outcomes.add(sweep.run(sets.get(i)));
        } else {
          panels.add(sweep.panel(sets.get(i), crop, outcomes::add));
        }
      }
    }
    notes.add(note(0, interpolation.a()));
    notes.add(note(1, interpolation.b()));
    notes.add(
        "models computed in %s on %s"
            .formatted(settings.precision().label(), settings.device().label()));
    if (grid != null) {
      Images.write(grid.draw(panels, List.of(legend(interpolation, scale))), figure, force);
    }
    return sweep.table(outcomes, sets).withNotes(notes);
  }

  private static String note(int alpha, Interpolation.End end) {
    return "alpha %d: %s, SHA-256 %s".formatted(alpha, end.name(), end.sha256());
  }

  private List<Measure> measures(int scale) {
    return metrics.stream().map(metric -> Measure.first(metric, scale)).toList();
  }

  private String legend(Interpolation interpolation, int scale) {
    String names = metrics.stream().map(Metric::name).collect(Collectors.joining(" and "));
    String protocols =
        measures(scale).stream()
            .map(measure -> measure.protocol().stamp())
            .distinct()
            .collect(Collectors.joining("; "));
    return "x%d, α = 0: %s, α = 1: %s. %s of the whole picture; %s."
        .formatted(scale, interpolation.a().title(), interpolation.b().title(), names, protocols);
  }

  /** The network at each alpha, ready to be run. All of them are in memory. */
  private static final class Networks implements AutoCloseable {
    private final SortedMap<Double, Upscaler> upscalers = new TreeMap<>();
    private final Interpolation interpolation;

    Networks(Interpolation interpolation, List<Double> alphas, Executor.Settings settings) {
      this.interpolation = interpolation;
      try {
        for (double alpha : alphas) {
          upscalers.put(alpha, Upscaler.of(interpolation.at(alpha), settings));
        }
      } catch (RuntimeException | Error e) {
        close();
        throw e;
      }
    }

    SortedMap<Double, Method> counted(Meter meter) {
      SortedMap<Double, Method> methods = new TreeMap<>();
      upscalers.forEach(
          (alpha, upscaler) ->
              methods.put(
                  alpha,
                  meter.counting(
                      Method.of(
                          "alpha " + alpha, interpolation.identity(alpha), upscaler::upscale))));
      return methods;
    }

    @Override
    public void close() {
      upscalers.values().forEach(Upscaler::close);
    }
  }
}
