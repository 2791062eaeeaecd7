package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.data.TestPair;
import io.esrgan.image.Picture;
import io.esrgan.image.Region;
import io.esrgan.report.Column;
import io.esrgan.report.PictureGrid;
import io.esrgan.report.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Network interpolation beside image interpolation, from one model to another (Wang et al. 2018,
 * section 3.4 and figure 10): above, the pictures of networks whose weights are interpolated;
 * below, the pictures of the two end models, interpolated themselves.
 *
 * <p>Numbers are of whole pictures, also in the figure, which shows a part of each.
 */
public final class InterpolationSweep {
  private static final int SHOWN = 96; // pixels of the square that a figure shows

  private final int scale;
  private final SortedMap<Double, Method> networks;
  private final List<Measure> measures;

  /**
   * A sweep of one scale.
   *
   * @param networks for each alpha the network at it; 0 and 1 are among them
   */
  public InterpolationSweep(int scale, SortedMap<Double, Method> networks, List<Measure> measures) {
    if (networks.isEmpty() || networks.firstKey() != 0 || networks.lastKey() != 1) {
      throw new IllegalArgumentException(
          "a sweep goes from alpha 0 to 1, not over " + networks.keySet());
    }
    this.scale = scale;
    this.networks = new TreeMap<>(networks);
    this.measures = List.copyOf(measures);
  }

  /**
   * Alphas from 0 to 1.
   *
   * @throws IllegalArgumentException if the step does not divide 1, or makes more than 20 steps
   */
  public static List<Double> alphas(double step) {
    long steps = Math.round(1 / step);
    if (!(steps >= 1 && steps <= 20 && Math.abs(steps * step - 1) < 1e-6)) {
      throw new IllegalArgumentException(
          "a step of %s does not go from 0 to 1 in 1 to 20 equal steps; give 0.1 or 0.2"
              .formatted(step));
    }
    return IntStream.rangeClosed(0, (int) steps).mapToObj(i -> (double) i / steps).toList();
  }

  /**
   * What the sweep comes to on one set.
   *
   * @param original what measures that need no reference say of the originals; empty if there are
   *     none
   * @param network for each alpha, what network interpolation reached
   * @param image for each alpha, what image interpolation reached
   */
  public record Outcome(Optional<Result> original, List<Result> network, List<Result> image) {
    public Outcome {
      network = List.copyOf(network);
      image = List.copyOf(image);
    }
  }

  /** Measures both ways at every alpha on a set. */
  public Outcome run(Dataset set) throws IOException {
    return run(set, (method, picture) -> {});
  }

  /** Sees what every method made. */
  private interface Watcher {
    void saw(int method, Picture picture);
  }

  private Outcome run(Dataset set, Watcher watcher) throws IOException {
    List<Method> methods = new ArrayList<>(networks.values());
    Method smooth = new LastKept(networks.get(0.0));
    Method textured = new LastKept(networks.get(1.0));
    methods.set(0, smooth);
    methods.set(methods.size() - 1, textured);
    for (double alpha : networks.keySet()) {
      methods.add(
          Method.of(
              "image interpolation at alpha " + alpha,
              low ->
                  ImageInterpolation.between(smooth.upscale(low), textured.upscale(low), alpha)));
    }
    List<Method> watched = new ArrayList<>();
    for (Method method : methods) {
      int index = watched.size();
      watched.add(
          method.by(
              low -> {
                Picture high = method.upscale(low);
                watcher.saw(index, high);
                return high;
              }));
    }
    List<Result> results =
        new Evaluation(scale, measures).lenient().run(watched, List.of(set), result -> {});
    int first = results.size() - methods.size();
    int middle = first + networks.size();
    return new Outcome(
        results.subList(0, first).stream().findFirst(),
        results.subList(first, middle),
        results.subList(middle, results.size()));
  }

  /** An end model, which image interpolation asks for the same picture at every alpha. */
  private static final class LastKept implements Method {
    private final Method method;
    private Picture low;
    private Picture high;

    LastKept(Method method) {
      this.method = method;
    }

    @Override
    public String name() {
      return method.name();
    }

    @Override
    public String weights() {
      return method.weights();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same picture, not an equal one
    public Picture upscale(Picture asked) {
      if (low != asked) {
        high = method.upscale(asked);
        low = asked;
      }
      return high;
    }
  }

  /**
   * A line for each set and alpha: every measure of network and of image interpolation.
   *
   * @throws IllegalArgumentException if outcomes were not measured alike
   */
  public Table table(List<Outcome> outcomes, List<Dataset> sets) {
    for (Outcome outcome : outcomes) {
      Result.requireComparable(
          Stream.concat(outcome.network().stream(), outcome.image().stream()).toList());
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("set"));
    columns.add(Column.number("pictures", "", 0));
    columns.add(Column.number("alpha", "", 2));
    for (String way : List.of("network", "image")) {
      for (Measure measure : measures) {
        columns.add(Column.number(way + " " + measure.name(), measure.detail(), Measure.DECIMALS));
      }
    }
    columns.addAll(Evaluation.PROVENANCE);
    List<List<Object>> rows = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      int i = 0;
      for (double alpha : networks.keySet()) {
        Result network = outcome.network().get(i);
        List<Object> row = new ArrayList<>();
        row.add(network.set());
        row.add(network.scores().size());
        row.add(alpha);
        row.addAll(means(network));
        row.addAll(means(outcome.image().get(i)));
        row.addAll(Evaluation.cells(network.provenance()));
        rows.add(row);
        i++;
      }
    }
    List<String> notes = sets.stream().map(Evaluation::lowSource).toList();
    return new Table(columns, rows, notes);
  }

  private List<Double> means(Result result) {
    return IntStream.range(0, measures.size()).mapToObj(result::mean).toList();
  }

  /**
   * The paper's figure of one picture.
   *
   * @param picture a set of this picture alone
   * @param region what of the picture is shown; by default the square of 96 pixels with most
   *     texture
   * @param outcome is told what was measured
   * @throws IllegalArgumentException if the region does not lie in the picture
   */
  public PictureGrid.Panel panel(
      Dataset picture, Optional<Region> region, Consumer<Outcome> outcome) throws IOException {
    TestPair pair = picture.read(0);
    Region shown = TexturedSquare.shown(region, pair, SHOWN);
    Picture[] crops = new Picture[2 * networks.size()];
    Outcome measured = run(picture, (method, high) -> crops[method] = shown.of(high));
    outcome.accept(measured);
    List<PictureGrid.Cell> above = new ArrayList<>();
    List<PictureGrid.Cell> below = new ArrayList<>();
    above.add(PictureGrid.Cell.marked(pair.high(), shown, pair.name()));
    List<String> original = new ArrayList<>(List.of("original"));
    original.addAll(Caption.ofOriginal(measured.original()));
    below.add(PictureGrid.Cell.of(shown.of(pair.high()), original));
    for (int i = 0; i < networks.size(); i++) {
      above.add(PictureGrid.Cell.of(crops[i], Caption.of(measured.network().get(i))));
      below.add(
          PictureGrid.Cell.of(crops[networks.size() + i], Caption.of(measured.image().get(i))));
    }
    List<String> heads = new ArrayList<>();
    heads.add("");
    networks.keySet().forEach(alpha -> heads.add("α = " + brief(alpha)));
    return new PictureGrid.Panel(
        heads,
        List.of(
            new PictureGrid.Row("network interpolation", above),
            new PictureGrid.Row("image interpolation", below)));
  }

  /** 0, 0.2, 0.25: as many digits as it takes. */
  private static String brief(double alpha) {
    return String.format(Locale.ROOT, "%.2f", alpha).replaceAll("\\.?0+$", "");
  }
}
