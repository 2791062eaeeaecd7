package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import io.esrgan.random.Dice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Draws which picture a sample is cut from, and where.
 *
 * <p>Where the plan has a pool, a picture stays in it for as many crops, on average, as tile it, so
 * that a crop costs about as much decoding as it has pixels of its own.
 */
final class CropDraw {

  /** A crop in low-resolution pixels, and how it is laid. */
  record Crop(int x, int y, Orientation orientation) {}

  private final BatchPlan plan;
  private final Tickets tickets;
  private final double meanPixels;
  private final Optional<Rotation> rotation; // none where all pictures are in use

  CropDraw(List<Source> sources, BatchPlan plan, long seed) {
    this.plan = plan;
    this.tickets = new Tickets(sources, plan.sampling());
    this.meanPixels = tickets.meanPixels(sources);
    boolean all = plan.pool() == 0 || plan.pool() >= sources.size();
    double crops = meanPixels / ((double) plan.crop() * plan.crop());
    long stay = Math.max(1, Math.round(crops / plan.size()));
    this.rotation =
        all ? Optional.empty() : Optional.of(new Rotation(tickets, seed, plan.pool(), stay));
  }

  /**
   * The number of a picture for a sample of a step.
   *
   * @param attempt how many pictures were drawn for it and found broken; if that could be the whole
   *     pool, all pictures are drawn from
   */
  int picture(long step, long attempt, Dice dice) {
    return rotation.isPresent() && attempt < plan.pool()
        ? rotation.get().picture(step, dice)
        : tickets.owner(dice.below(tickets.count()));
  }

  /** A picture that will come into use soon, where one is to be decoded ahead at this step. */
  OptionalInt coming(long step) {
    return rotation.isPresent() && rotation.get().movesAt(step)
        ? OptionalInt.of(rotation.get().coming(step))
        : OptionalInt.empty();
  }

  /** Pixels that a picture has on average when it is drawn. */
  double meanPixels() {
    return meanPixels;
  }

  /** Whether only a part of the pictures is in use at a time. */
  boolean rotates() {
    return rotation.isPresent();
  }

  /** A crop of a picture, every place equally likely. */
  Crop crop(Pair pair, Dice dice) {
    int x = (int) dice.below(pair.lowWidth() - plan.piece() / plan.scale() + 1);
    int y = (int) dice.below(pair.lowHeight() - plan.piece() / plan.scale() + 1);
    return new Crop(
        x, y, plan.augment() ? Orientation.of((int) dice.below(8)) : Orientation.UPRIGHT);
  }
}
