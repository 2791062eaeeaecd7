package io.esrgan.exec;

import java.time.Duration;

/**
 * What a picture will take, told before it is begun.
 *
 * @param plan how it will be gone over
 * @param time from its first row to its last
 * @param bytes of memory that this process will hold at the worst moment
 */
public record Forecast(Plan plan, Duration time, long bytes) {

  /** The same if the picture is gone over several times. */
  public Forecast times(int passages) {
    return new Forecast(plan, time.multipliedBy(passages), bytes);
  }

  /** The same with other work on the same processors. */
  public Forecast plus(Duration other) {
    return new Forecast(plan, time.plus(other), bytes);
  }
}
