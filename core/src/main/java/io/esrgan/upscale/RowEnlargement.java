package io.esrgan.upscale;

import io.esrgan.exec.Executor;
import io.esrgan.exec.Plan;
import io.esrgan.exec.RowSink;
import io.esrgan.exec.RowSource;
import io.esrgan.exec.Scratch;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.RowReader;
import io.esrgan.image.RowWriter;
import io.esrgan.metric.Consistency;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What {@link Enlargement} does, for a picture that comes and goes by rows and need not be in
 * memory: a thread decodes, this one computes, and encodes between two strips, by all processors.
 * Where a GPU computes, a third thread encodes meanwhile.
 *
 * <p>A network goes over the picture once for its colours if it takes them together, once for each
 * if it takes one channel, and once for alpha that is not flat. What all but the last of these
 * passages give waits in a scratch file. The self-ensemble looks at the whole picture, so it holds
 * that and its result in the heap. Colours are carried on into transparency in memory too: where a
 * pixel is fully transparent, the input is held, the result is not.
 */
final class RowEnlargement {
  private static final int PIECE_SAMPLES = 1 << 20; // handed on at a time
  private static final int PIECES = 2; // that wait for a thread

  private final Executor executor;
  private final int channels; // of the network
  private final int scale; // of the network
  private final UpscaleOptions options;
  private final Path scratchFolder;
  private final Enlargement whole;
  private final Progress progress;
  private final boolean encodesBeside;
  private int done; // rows of passages that are complete

  /**
   * @param scratchFolder has room for as much as the result in float32
   * @param encodesBeside whether a thread encodes while another computes; else they take turns,
   *     since on the CPU both want all processors
   */
  RowEnlargement(
      Executor executor,
      int channels,
      UpscaleOptions options,
      Path scratchFolder,
      Enlargement whole,
      Progress progress,
      boolean encodesBeside) {
    this.executor = executor;
    this.channels = channels;
    this.scale = executor.scale();
    this.options = options;
    this.scratchFolder = scratchFolder;
    this.whole = whole;
    this.progress = progress;
    this.encodesBeside = encodesBeside;
  }

  /**
   * One passage of the network over the picture.
   *
   * @param planes what it is given of a piece of the picture
   * @param first of the colours that it is given
   * @param count how many planes it is given
   * @param held whether these are in memory already
   */
  private record Passage(Function<Picture, Tensor> planes, int first, int count, boolean held) {
    RowSource source(Tensor colours, PictureSource.Pieces pieces) {
      return held
          ? RowSource.of(colours.slice(1, first, count))
          : new PictureSource(pieces, planes);
    }
  }

  /**
   * Enlarges a picture.
   *
   * @param high gets all rows; not committed
   */
  Upscaled of(RowReader low, RowWriter high) throws IOException {
    int width = options.side(low.width(), scale);
    int height = options.side(low.height(), scale);
    Plan plan = executor.plan(low.width(), low.height());
    int repeated = executor.repeatedStrips();
    Consistency consistency =
        new Consistency(
            low.width(),
            low.height(),
            low.channels(),
            low.bits() == 8 ? 255 : 65535,
            width,
            height);
    Crew crew = new Crew();
    try (RowReader input = low.again()) {
      Encoding encoding = new Encoding(input, high, height, consistency);
      Pieces results = encodesBeside ? beside(crew, encoding) : encoding::add;
      crew.finish(
          () -> {
            if (options.ensemble()) {
              handOn(whole.of(wholeOf(low)), results);
            } else {
              stream(low, plan, width, crew, results);
            }
          });
    }
    return new Upscaled(
        width, height, consistency.decibels(), plan, executor.repeatedStrips() - repeated);
  }

  private static int rowsOfPiece(int width, Channels channels) {
    return Math.max(1, PIECE_SAMPLES / Math.multiplyExact(width, channels.count()));
  }

  private static Picture wholeOf(RowReader low) throws IOException {
    try (RowReader reader = low.again()) {
      return reader.next(low.height());
    }
  }

  private static void handOn(Picture whole, Pieces results) throws IOException {
    int most = rowsOfPiece(whole.width(), whole.channels());
    for (int y = 0; y < whole.height(); y += most) {
      results.put(whole.crop(0, y, whole.width(), Math.min(most, whole.height() - y)));
    }
  }

  /** Takes pieces of the result, in order. */
  private interface Pieces {
    void put(Picture rows) throws IOException;
  }

  /** Compares and writes what comes. */
  private static final class Encoding {
    private final RowReader low;
    private final RowWriter high;
    private final int height; // of the result
    private final Consistency consistency;
    private int given; // rows of the input
    private int written;

    Encoding(RowReader low, RowWriter high, int height, Consistency consistency) {
      this.low = low;
      this.high = high;
      this.height = height;
      this.consistency = consistency;
    }

    void add(Picture rows) throws IOException {
      written += rows.height();
      int below = given;
      while (below < low.height() && (long) below * height / low.height() < written) {
        below++;
      }
      if (below > given) {
        consistency.low(low.next(below - given));
        given = below;
      }
      consistency.high(rows);
      high.write(rows);
    }

    boolean isDone() {
      return written == height;
    }
  }

  /** Has a thread of its own encode meanwhile. */
  private static Pieces beside(Crew crew, Encoding encoding) {
    Crew.Belt<Picture> waiting = crew.belt(PIECES);
    crew.start(
        "esrgan-encode",
        () -> {
          while (!encoding.isDone()) {
            encoding.add(waiting.take());
          }
        });
    return waiting::put;
  }

  private static void decode(RowReader low, int times, Crew.Belt<Picture> pieces)
      throws IOException {
    int most = rowsOfPiece(low.width(), low.channels());
    for (int i = 0; i < times; i++) {
      try (RowReader reader = low.again()) {
        for (int y = 0; y < low.height(); y += most) {
          pieces.put(reader.next(most));
        }
      }
    }
  }

  private void stream(RowReader low, Plan plan, int width, Crew crew, Pieces results)
      throws IOException {
    Alpha alpha =
        low.channels().hasAlpha()
            ? Alpha.of(low, rowsOfPiece(low.width(), low.channels()))
            : Alpha.NONE;
    List<Passage> passages = passages(low.channels(), alpha);
    int total = Math.multiplyExact(passages.size(), plan.rows());
    long decoded = passages.stream().filter(passage -> !passage.held()).count();
    int times = Math.toIntExact(decoded * plan.bands().size());
    Crew.Belt<Picture> pieces = crew.belt(PIECES);
    crew.start("esrgan-decode", () -> decode(low, times, pieces));
    int last = passages.size() - 1;
    try (Scope scope = Scope.open();
        Waiting waiting = new Waiting(last, width)) {
      Tensor colours = alpha.bleeds() ? bled(low) : null;
      for (int i = 0; i < last; i++) {
        run(low, passages.get(i), colours, pieces, waiting.of(i), total);
        done += plan.rows();
      }
      RowSink complete =
          (y, planes) -> handOn(low, alpha, waiting.rows(y, (int) planes.size(2)), planes, results);
      run(low, passages.get(last), colours, pieces, complete, total);
    }
  }

  /** Those whose results wait have one plane each. */
  private List<Passage> passages(Channels kind, Alpha alpha) {
    List<Passage> passages = new ArrayList<>();
    if (!alpha.isFlat()) {
      passages.add(new Passage(Pixels::alphaToTensor, 0, 1, false));
    }
    int together = channels == 1 ? 1 : kind.colours();
    for (int first = 0; first < kind.colours(); first += together) {
      int from = first;
      passages.add(
          new Passage(
              rows -> Pixels.toTensor(rows).slice(1, from, together),
              first,
              together,
              alpha.bleeds()));
    }
    return passages;
  }

  /** All colours, carried on into what is transparent. */
  private static Tensor bled(RowReader low) throws IOException {
    try (Scope scope = Scope.open();
        RowReader reader = low.again()) {
      int colours = low.channels().colours();
      long samples = (long) colours * low.width() * low.height();
      if (samples > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "colours are carried on into fully transparent pixels in memory, where %,d samples are too many; cut the picture in parts"
                .formatted(samples));
      }
      Tensor values = unfilled(colours, low);
      Tensor alpha = unfilled(1, low);
      int most = rowsOfPiece(low.width(), low.channels());
      for (int y = 0; y < low.height(); y += most) {
        try (Scope piece = Scope.open()) {
          Picture rows = reader.next(most);
          values.slice(2, y, rows.height()).assign(Pixels.toTensor(rows));
          alpha.slice(2, y, rows.height()).assign(Pixels.alphaToTensor(rows));
        }
      }
      return scope.keep(Bleeding.into(values, alpha));
    }
  }

  private static Tensor unfilled(int planes, RowReader low) {
    return Tensor.unfilled(Precision.FLOAT32, Device.CPU, 1, planes, low.height(), low.width());
  }

  private void run(
      RowReader low,
      Passage passage,
      Tensor colours,
      Crew.Belt<Picture> pieces,
      RowSink finished,
      int total)
      throws IOException {
    try (RowReader behind = low.again()) {
      RowSource input = passage.source(colours, wanted -> pieces.take());
      RowSink output = finished;
      if (!Finish.isNothing(options, scale)) {
        RowSource again = passage.source(colours, behind::next);
        output =
            new FinishedRows(
                again, passage.count(), low.width(), low.height(), scale, options, finished);
      }
      boolean copied = passage.count() < channels;
      RowSink of = output;
      executor.stream(
          low.width(),
          low.height(),
          copied ? new Copied(input, channels) : input,
          copied ? (y, rows) -> of.rows(y, Copies.mean(rows)) : output,
          scratchFolder,
          rows -> progress.done(done + rows, total));
    }
  }

  /** Rows that are complete, in pieces that the heap has room for. */
  private static void handOn(
      RowReader low, Alpha alpha, Tensor earlier, Tensor latest, Pieces results)
      throws IOException {
    int height = (int) latest.size(2);
    int width = (int) latest.size(3);
    int most = rowsOfPiece(width, low.channels());
    int alphas = alpha.isFlat() ? 0 : 1; // come first
    for (int y = 0; y < height; y += most) {
      int some = Math.min(most, height - y);
      try (Scope scope = Scope.open()) {
        List<Tensor> colours = new ArrayList<>();
        if (earlier != null && earlier.size(1) > alphas) {
          colours.add(earlier.slice(2, y, some).slice(1, alphas, earlier.size(1) - alphas));
        }
        colours.add(latest.slice(2, y, some));
        Tensor opacity = null;
        if (low.channels().hasAlpha()) {
          opacity =
              alpha.isFlat()
                  ? Tensor.full(alpha.value(), Precision.FLOAT32, Device.CPU, 1, 1, some, width)
                  : earlier.slice(2, y, some).slice(1, 0, 1);
        }
        results.put(
            Pixels.toPicture(Tensor.concatenate(colours), opacity, low.bits(), low.metadata()));
      }
    }
  }

  /** Planes that are finished before the last ones are, on disk. */
  private final class Waiting implements AutoCloseable {
    private final Scratch file; // null if there are none

    Waiting(int planes, int width) throws IOException {
      file = planes == 0 ? null : new Scratch(scratchFolder, planes, width);
    }

    RowSink of(int plane) {
      return (y, rows) -> file.write(0, y, plane, rows);
    }

    /** All planes' rows, or null. */
    Tensor rows(int y, int count) throws IOException {
      return file == null ? null : file.read(y, count);
    }

    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  /** One plane as all channels of a network. */
  private record Copied(RowSource plane, int channels) implements RowSource {
    @Override
    public Tensor rows(int from, int count) throws IOException {
      return Copies.of(plane.rows(from, count), channels);
    }

    @Override
    public void restart() throws IOException {
      plane.restart();
    }
  }
}
