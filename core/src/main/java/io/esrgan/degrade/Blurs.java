package io.esrgan.degrade;

import io.esrgan.random.Dice;
import java.util.List;

/**
 * Which kernels blur a picture, and how often (Wang et al. 2021, appendix A).
 *
 * @param sinc probability of a sinc filter in place of a Gaussian kernel
 * @param kinds probabilities of the Gaussian kernels: isotropic, anisotropic; the same two
 *     generalised; the same two with a plateau
 * @param sigma their deviations in pixels
 * @param generalised shape β of generalised ones; below and above 1 equally often
 * @param plateau shape β of those with a plateau; likewise
 */
public record Blurs(
    double sinc, List<Double> kinds, Range sigma, Range generalised, Range plateau) {
  private static final int SMALL = 13; // below, sinc filters cut off less

  public Blurs {
    kinds = List.copyOf(kinds);
  }

  /** Draws a kernel of an odd size. */
  Kernel draw(int size, Dice dice) {
    if (dice.chance(sinc)) {
      return Kernel.sinc(size, dice.between(Math.PI / (size < SMALL ? 3 : 5), Math.PI));
    }
    int kind = dice.choice(kinds);
    double sigmaX = sigma.draw(dice);
    boolean round = kind % 2 == 0;
    double sigmaY = round ? sigmaX : sigma.draw(dice);
    double angle = round ? 0 : dice.between(-Math.PI, Math.PI);
    return switch (kind / 2) {
      case 0 -> Kernel.gaussian(size, sigmaX, sigmaY, angle);
      case 1 -> Kernel.generalised(size, sigmaX, sigmaY, angle, shape(generalised, dice));
      default -> Kernel.plateau(size, sigmaX, sigmaY, angle, shape(plateau, dice));
    };
  }

  /** As the original draws: a range that begins at 1 gives 1 itself half of the time. */
  private static double shape(Range range, Dice dice) {
    double middle = Math.max(range.from(), Math.min(range.to(), 1));
    return dice.chance(0.5) ? dice.between(range.from(), middle) : dice.between(middle, range.to());
  }
}
