package io.esrgan.cli;

import java.time.Duration;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** How far some work is: a bar with the time left on a terminal, nothing elsewhere. */
final class Meter implements AutoCloseable {
  private static final int REDRAW_MILLISECONDS = 250;

  private final Optional<ProgressBar> bar;

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
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
                    .continuousUpdate()
                    .clearDisplayOnFinish()
                    .setConsumer(new Line(console))
                    .build())
            : Optional.empty();
  }

  void to(long done) {
    bar.ifPresent(b -> b.stepTo(done));
  }

  void step() {
    bar.ifPresent(ProgressBar::step);
  }

  /** What stands behind the bar. */
  void note(String text) {
    bar.ifPresent(b -> b.setExtraMessage(text));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
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
