package io.esrgan.cli;

import io.esrgan.asset.Progress;
import java.util.Optional;

/** A {@link Meter} of bytes, which is there as soon as it is known how many there will be. */
final class FetchMeter implements Progress, AutoCloseable {
  private final Console console;
  private final String name;
  private Optional<Meter> meter = Optional.empty();

  FetchMeter(Console console, String name) {
    this.console = console;
    this.name = name;
  }

  @Override
  public void at(long done, long total) {
    if (total > 0) {
      if (meter.isEmpty()) {
        meter = Optional.of(new Meter(console, "Fetching " + name, done, total));
      }
      meter.get().to(done);
      meter.get().note(Phrases.size(total));
    }
  }

  @Override
  public void close() {
    meter.ifPresent(Meter::close);
  }
}
