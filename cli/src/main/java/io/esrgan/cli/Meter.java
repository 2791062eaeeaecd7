package io.esrgan.cli;

import static java.util.Locale.ROOT;

import io.esrgan.study.Method;
import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/** How far some work is: a bar with the time left on a terminal, nothing elsewhere. */
final class Meter implements AutoCloseable {
  private static final int REDRAW_MILLISECONDS = 250;
  private static final int CELLS = 24;

  private static final int SECONDS_TO_JUDGE = 1;

  private final Optional<ProgressBar> bar;
  private volatile long start = System.nanoTime();

  /**
   * A meter of work whose pieces are of about the same size.
   *
   * @param done what was done before this began
   */
  Meter(Console console, String what, long done, long total) {
    bar =
        console.isWatched()
            ? Optional.of(
                new ProgressBarBuilder()
                    .setTaskName(what)
                    .setInitialMax(total)
                    .startsFrom(done, Duration.ZERO)
                    .setRenderer(this::render)
                    .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                    .continuousUpdate()
                    .clearDisplayOnFinish()
                    .setConsumer(new Line(console))
                    .build())
            : Optional.empty();
  }

  /** Counts time from now on, what came before having been preparation. */
  void restart() {
    start = System.nanoTime();
  }

  void to(long done) {
    bar.ifPresent(b -> b.stepTo(done));
  }

  void step() {
    bar.ifPresent(ProgressBar::step);
  }

  /** What stands behind the bar. */
  void note(String text) {
    bar.ifPresent(b -> b.setExtraMessage(", " + text));
  }

  /** The same method; each picture that it is done with counts as a piece of the work. */
  Method counting(Method method) {
    return method.by(
        low -> {
          note(method.name());
          try {
            return method.upscale(low);
          } finally {
            step();
          }
        });
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  /** {@code Upscaling [===== ] 37 %, 2 min 10 s left, photo.jpg}, cut to fit. */
  private String render(ProgressState state, int columns) {
    double share = (double) state.getCurrent() / state.getMax();
    String text =
        String.format(
            ROOT,
            "%s [%-" + CELLS + "s] %3.0f %%%s%s",
            state.getTaskName(),
            "=".repeat((int) (CELLS * Math.min(1, share))),
            100 * share,
            left(state),
            state.getExtraMessage());
    return text.length() > columns ? text.substring(0, columns) : text;
  }

  private String left(ProgressState state) {
    long done = state.getCurrent() - state.getStart();
    double seconds = Phrases.since(start);
    if (done <= 0 || seconds < SECONDS_TO_JUDGE) {
      return "";
    }
    long open = state.getMax() - state.getCurrent();
    return ", " + Phrases.time(seconds * open / done) + " left";
  }

  private record Line(Console console) implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return Console.columns();
    }

    @Override
    public void accept(String text) {
      console.bar(text);
    }

    @Override
    public void clear() {
      console.eraseBar();
    }

    @Override
    public void close() {
      console.eraseBar();
    }
  }
}
