package io.esrgan.train;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides which steps may change the weights, and when a run must go back to its last good
 * checkpoint.
 *
 * <p>A step is bad if one of its numbers is not finite. It is bad too if the generator has
 * collapsed: if its pictures differ from the real ones, in the mean over all pixels, by more than
 * the recipe's limit, although the run's own average was once below half of that; a run that begins
 * from nothing is allowed its first black pictures.
 *
 * <p>A run that went back would fail in the same way again, so it goes on at half the rate and with
 * other batches. All of that follows from {@link State}, which every checkpoint holds.
 */
final class Guard {
  private static final double DECAY = 0.99; // of the average difference: some hundred steps

  /**
   * What the guard remembers.
   *
   * @param bad bad steps in a row until now
   * @param rollbacks how often the run went back
   * @param usual moving average of the mean absolute difference over good steps, or NaN before them
   */
  record State(int bad, int rollbacks, double usual) {
    static final State FRESH = new State(0, 0, Double.NaN);

    /** What the scheduled learning rate is multiplied with. */
    double rateFactor() {
      return Math.scalb(1.0, -rollbacks);
    }

    /** The seed of batches: another one after each roll-back. */
    long seed(long seed) {
      return seed + rollbacks * 0x9e3779b97f4a7c15L;
    }
  }

  private final GuardSection limits;
  private State state;
  private String reason = "";

  Guard(GuardSection limits, State state) {
    this.limits = limits;
    this.state = state;
  }

  State state() {
    return state;
  }

  /** Whether a step that measured this may change the weights. */
  boolean accepts(Losses losses) {
    return objection(losses).isEmpty();
  }

  /** Counts a step; returns what is wrong with it, if anything is. */
  Optional<String> judge(Losses losses) {
    Optional<String> objection = objection(losses);
    if (objection.isPresent()) {
      reason = objection.get();
      state = new State(state.bad + 1, state.rollbacks, state.usual);
    } else {
      double now = losses.difference();
      double usual =
          Double.isNaN(state.usual) ? now : state.usual + (1 - DECAY) * (now - state.usual);
      state = new State(0, state.rollbacks, usual);
    }
    return objection;
  }

  private Optional<String> objection(Losses losses) {
    if (!losses.areFinite()) {
      return Optional.of("the loss is not a number (%s)".formatted(notFinite(losses)));
    }
    boolean collapsed =
        limits.collapse() > 0
            && losses.difference() > limits.collapse()
            && state.usual < limits.collapse() / 2;
    return collapsed
        ? Optional.of(
            "the generator has collapsed (l1 %.3f, where it was %.3f)"
                .formatted(losses.difference(), state.usual))
        : Optional.empty();
  }

  private static String notFinite(Losses losses) {
    Map<String, Double> all = new TreeMap<>(losses.values());
    losses.gradientNorms().forEach((name, norm) -> all.put(name + "'s gradient", norm));
    return all.entrySet().stream()
        .filter(entry -> !Double.isFinite(entry.getValue()))
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Gives the weights up as they are now, for a reason that no step has told. */
  void condemn(String why) {
    reason = why;
    state = new State(limits.skips(), state.rollbacks, state.usual);
  }

  /** Whether the last step was bad, so that this is no state to keep for good. */
  boolean doubts() {
    return state.bad > 0;
  }

  /** Whether the run must go back. */
  boolean isExhausted() {
    return state.bad >= limits.skips();
  }

  /**
   * Counts that the run goes back.
   *
   * @throws IOException if it went back too often
   */
  void goBack(long step) throws IOException {
    if (state.rollbacks >= limits.rollbacks()) {
      throw new IOException(
          "step %d: %s, after going back %d times; resume with a lower schedule.rate, and look at the pictures and weights it begins from"
              .formatted(step, reason, state.rollbacks));
    }
    state = new State(0, state.rollbacks + 1, state.usual);
  }

  /** What it went back for, and how it goes on. */
  String explanation() {
    return "%s; the rate is halved from now on (%d of %d times)"
        .formatted(reason, state.rollbacks, limits.rollbacks());
  }
}
