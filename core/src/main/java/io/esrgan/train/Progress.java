package io.esrgan.train;

import java.util.Map;
import java.util.Optional;

/**
 * Where a run stands, the networks aside.
 *
 * @param step steps that are done
 * @param best of the measurements until then, if there were any
 */
record Progress(long step, Guard.State guard, Optional<Best> best) {
  static final Progress START = new Progress(0, Guard.State.FRESH, Optional.empty());

  private static final String BAD = "guard.bad";
  private static final String ROLLBACKS = "guard.rollbacks";
  private static final String USUAL = "guard.usual";
  private static final String BEST = "best.psnr-y";
  private static final String BEST_STEP = "best.step";

  /**
   * The measurement that no other exceeded.
   *
   * @param psnr in decibels
   */
  record Best(long step, double psnr) {}

  /** Adds everything but the step, as lines of metadata. */
  void save(Map<String, String> metadata) {
    metadata.put(BAD, Integer.toString(guard.bad()));
    metadata.put(ROLLBACKS, Integer.toString(guard.rollbacks()));
    metadata.put(USUAL, Double.toString(guard.usual()));
    best.ifPresent(
        it -> {
          metadata.put(BEST, Double.toString(it.psnr()));
          metadata.put(BEST_STEP, Long.toString(it.step()));
        });
  }

  /**
   * What {@link #save} wrote.
   *
   * @throws NumberFormatException if a line is missing or garbled
   */
  static Progress read(long step, Map<String, String> metadata) {
    Guard.State guard =
        new Guard.State(
            Integer.parseInt(metadata.getOrDefault(BAD, "")),
            Integer.parseInt(metadata.getOrDefault(ROLLBACKS, "")),
            Double.parseDouble(metadata.getOrDefault(USUAL, "")));
    Optional<Best> best =
        metadata.containsKey(BEST)
            ? Optional.of(
                new Best(
                    Long.parseLong(metadata.getOrDefault(BEST_STEP, "")),
                    Double.parseDouble(metadata.get(BEST))))
            : Optional.empty();
    return new Progress(step, guard, best);
  }
}
