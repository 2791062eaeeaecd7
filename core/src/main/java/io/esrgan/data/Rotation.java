package io.esrgan.data;

import io.esrgan.random.Dice;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which pictures are in use at a step where that is not all of them: a window that moves along an
 * endless sequence of pictures, by one picture every so many steps, so that a picture that was
 * decoded serves for many crops before it goes.
 *
 * <p>The sequence is made of rounds as long as there are pictures. In each, a picture comes as
 * often as its weight says, to within one time, and exactly so on average: places at equal
 * distances are laid over the weights from a start drawn at random (systematic sampling), then
 * shuffled. With equal weights that is every picture once a round. Everything depends on the seed
 * and the step alone. Safe for several threads.
 */
final class Rotation {
  private static final int ROUNDS_HELD = 4; // a window touches two, and threads are steps apart

  private final Tickets tickets;
  private final long seed;
  private final int active;
  private final long stay;
  private final Map<Long, int[]> rounds =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, int[]> eldest) {
          return size() > ROUNDS_HELD;
        }
      };

  /**
   * @param active pictures in use at a time
   * @param stay steps after which the oldest gives way to the next
   */
  Rotation(Tickets tickets, long seed, int active, long stay) {
    this.tickets = tickets;
    this.seed = seed;
    this.active = active;
    this.stay = stay;
  }

  /** One of the pictures in use at a step, each equally likely. */
  int picture(long step, Dice dice) {
    return at(step / stay + dice.below(active));
  }

  /** Whether the window moves at a step. */
  boolean movesAt(long step) {
    return step % stay == 0;
  }

  /** The picture that will come into use when the window moves next. */
  int coming(long step) {
    return at(step / stay + active);
  }

  private int at(long place) {
    int length = tickets.owners();
    synchronized (rounds) {
      return rounds.computeIfAbsent(place / length, this::round)[(int) (place % length)];
    }
  }

  private int[] round(long number) {
    Dice dice = new Dice(seed, -1 - number, 0); // no step of training is negative
    int length = tickets.owners();
    long start = dice.below(tickets.count());
    long whole = tickets.count() / length;
    long rest = tickets.count() % length;
    int[] round = new int[length];
    for (int i = 0; i < length; i++) {
      round[i] = tickets.owner(i * whole + (i * rest + start) / length); // no overflow
    }
    for (int i = length - 1; i > 0; i--) {
      int other = (int) dice.below(i + 1);
      int kept = round[i];
      round[i] = round[other];
      round[other] = kept;
    }
    return round;
  }
}
