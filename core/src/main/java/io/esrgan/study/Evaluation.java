package io.esrgan.study;

import io.esrgan.data.Dataset;
import io.esrgan.data.TestPair;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.metric.OfInput;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import io.esrgan.tensor.Processor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Methods measured on test sets of one scale: a {@link Result} for each method and set.
 *
 * <p>All methods get the same low-resolution pictures. Where a measure needs no reference, the
 * high-resolution pictures are measured too, as if a method named {@code original} had made them.
 * Pictures are read one at a time and not kept.
 */
public final class Evaluation {
  static final String ORIGINAL = "original"; // the high-resolution pictures' name

  private static final int WARM = 64; // pixels a side
  private static final String PER_MEGAPIXEL = "/MP";

  static final String SET = "set";
  static final String METHOD = "method";
  static final String PICTURES = "pictures";
  static final String LOW = "low resolution";
  static final String WEIGHTS = "weights";
  static final String PROGRAM = "program";

  /** Columns that say where a row's numbers come from; people read it in the notes. */
  static final List<Column> PROVENANCE =
      List.of(Column.record(LOW), Column.record(WEIGHTS), Column.record(PROGRAM));

  /** Columns that say what a row took; they are the machine's as much as the method's. */
  static final List<Column> COSTS = costs();

  private final int scale;
  private final List<Measure> measures;
  private final boolean lenient;

  /** An evaluation with the {@linkplain Measure#standard standard measures}. */
  public Evaluation(int scale) {
    this(scale, Measure.standard(scale));
  }

  public Evaluation(int scale, List<Measure> measures) {
    this(scale, measures, false);
  }

  private Evaluation(int scale, List<Measure> measures, boolean lenient) {
    this.scale = scale;
    this.measures = List.copyOf(measures);
    this.lenient = lenient;
  }

  /**
   * The same, but where a measure has no number for what a method made, such as NIQE for a flat
   * picture, it is not an error but no number (NaN).
   */
  Evaluation lenient() {
    return new Evaluation(scale, measures, true);
  }

  /**
   * Measures every method on every picture of every set.
   *
   * @param progress is told the result of a method on a set as soon as it is known
   * @throws IOException if a picture cannot be read
   * @throws IllegalArgumentException if a set has another scale, two sets of one name got their
   *     low-resolution pictures in different ways, or a method's picture cannot be measured
   */
  public List<Result> run(List<Method> methods, List<Dataset> sets, Consumer<Result> progress)
      throws IOException {
    requireAlike(sets);
    List<Result> results = new ArrayList<>();
    for (Dataset set : sets) {
      for (Result result : run(methods, set)) {
        results.add(result);
        progress.accept(result);
      }
    }
    return results;
  }

  /**
   * Runs every method on a small picture, so that what only the first picture takes, such as
   * loading code, is not told of any.
   */
  public static void warmUp(List<Method> methods) {
    byte[] black = new byte[3 * WARM * WARM];
    Picture picture = Picture.of8Bit(WARM, WARM, Channels.RGB, black, Metadata.NONE);
    methods.forEach(method -> method.upscale(picture));
  }

  private static void requireAlike(List<Dataset> sets) {
    Map<String, Dataset> named = new HashMap<>();
    for (Dataset set : sets) {
      Dataset other = named.putIfAbsent(set.name(), set);
      if (other != null && !other.lowSource().equals(set.lowSource())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "two sets are called %s, one with low resolution from %s, one from %s; measure them"
                    + " in runs of their own",
                set.name(),
                other.lowSource(),
                set.lowSource()));
      }
    }
  }

  private List<Result> run(List<Method> methods, Dataset set) throws IOException {
    if (set.scale() != scale) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the set %s has scale %d, the evaluation %d",
              set.name(),
              set.scale(),
              scale));
    }
    boolean judged = measures.stream().anyMatch(Measure::judgesOriginals);
    List<Score> originals = new ArrayList<>();
    List<List<Score>> scores = new ArrayList<>();
    methods.forEach(method -> scores.add(new ArrayList<>()));
    for (int i = 0; i < set.size(); i++) {
      TestPair pair = set.read(i);
      if (judged) {
        originals.add(score(ORIGINAL, pair, pair.high(), Cost.NONE));
      }
      for (int m = 0; m < methods.size(); m++) {
        scores.get(m).add(score(methods.get(m), pair));
      }
    }
    List<Result> results = new ArrayList<>();
    if (judged) {
      results.add(result(ORIGINAL, "", set, originals));
    }
    for (int m = 0; m < methods.size(); m++) {
      Method method = methods.get(m);
      results.add(result(method.name(), method.weights(), set, scores.get(m)));
    }
    return results;
  }

  private Result result(String method, String weights, Dataset set, List<Score> scores) {
    Provenance provenance = Provenance.here(lowStart(scale) + set.lowSource(), weights);
    return new Result(method, set.name(), provenance, measures, scores);
  }

  private Score score(Method method, TestPair pair) {
    long start = System.nanoTime();
    Picture candidate = method.upscale(pair.low());
    double seconds = (System.nanoTime() - start) / 1e9;
    double bytes =
        method.planned(pair.low().width(), pair.low().height()).stream()
            .asDoubleStream()
            .findFirst()
            .orElse(Double.NaN);
    double pixels = (double) candidate.width() * candidate.height();
    return score(method.name(), pair, candidate, new Cost(seconds, pixels / 1e6, bytes / 1e6));
  }

  private Score score(String method, TestPair pair, Picture candidate, Cost cost) {
    List<Double> values = new ArrayList<>();
    try {
      for (Measure measure : measures) {
        Picture reference = measure.metric() instanceof OfInput ? pair.low() : pair.high();
        values.add(value(measure, reference, candidate));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "cannot measure %s on %s: %s", method, pair.name(), e.getMessage()),
          e);
    }
    return new Score(pair.name(), values, cost);
  }

  private double value(Measure measure, Picture reference, Picture candidate) {
    try {
      return measure.metric().measure(reference, candidate, measure.protocol());
    } catch (IllegalArgumentException e) {
      if (lenient) {
        return Double.NaN;
      }
      throw e;
    }
  }

  /**
   * A line for each result, with what the numbers mean and where the pictures came from.
   *
   * @throws IllegalArgumentException if results were not measured alike
   */
  public Table table(List<Result> results, List<Dataset> sets) {
    Result.requireComparable(results);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text(SET));
    columns.add(Column.text(METHOD));
    columns.add(Column.number(PICTURES, "", 0));
    measures.forEach(measure -> columns.add(measure.column()));
    columns.addAll(PROVENANCE);
    columns.addAll(COSTS);
    List<List<Object>> rows = new ArrayList<>();
    for (Result result : results) {
      List<Object> row = new ArrayList<>();
      row.add(result.set());
      row.add(result.method());
      row.add(result.scores().size());
      for (int i = 0; i < measures.size(); i++) {
        row.add(result.mean(i));
      }
      row.addAll(cells(result.provenance()));
      row.addAll(cells(result.cost()));
      rows.add(row);
    }
    return new Table(columns, rows, sets.stream().map(Evaluation::lowSource).toList());
  }

  /** What {@link #PROVENANCE} holds. */
  static List<Object> cells(Provenance provenance) {
    return List.of(provenance.low(), provenance.weights(), provenance.program());
  }

  private static List<Column> costs() {
    String time =
        "s of upscaling, from picture to picture in memory, per MP of the result, on "
            + Processor.label();
    String memory =
        "MB planned for feature maps at their peak, weights and pictures not counted, per MP of"
            + " the result";
    return List.of(
        Column.number("seconds", "", 1),
        Column.number("s" + PER_MEGAPIXEL, time, 2),
        Column.number("MB" + PER_MEGAPIXEL, memory, 0));
  }

  /** Whether a column says what a megapixel takes. */
  static boolean isRate(Column column) {
    return column.name().endsWith(PER_MEGAPIXEL);
  }

  /** How a row's low resolution begins, whatever it is from. */
  static String lowStart(int scale) {
    return String.format(Locale.ROOT, "x%d from ", scale);
  }

  private static List<Object> cells(Cost cost) {
    return List.of(cost.seconds(), cost.secondsPerMegapixel(), cost.megabytesPerMegapixel());
  }

  /** The note below a table that says where a set's low-resolution pictures came from. */
  static String lowSource(Dataset set) {
    return String.format(
        Locale.ROOT, "%s x%d: low resolution from %s", set.name(), set.scale(), set.lowSource());
  }
}
