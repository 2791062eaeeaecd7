package io.esrgan.degrade;

import io.esrgan.random.Dice;
import java.util.List;

/**
 * The second-order degradation of Real-ESRGAN (Wang et al. 2021, section 3 and figure 2): two
 * rounds of blur, resizing, noise and JPEG, and a sinc filter that comes before or after the last
 * JPEG.
 *
 * <p>Every sample draws for itself, so a batch mixes degradations as it comes. (The original
 * degrades whole batches alike, and keeps a pool of 180 pairs to mix them again.)
 *
 * @param margin pixels of the high-resolution picture around a crop that are degraded with it, so
 *     that borders stay outside; a multiple of the scale
 * @param smallestKernel side of the smallest blur kernel, odd
 * @param largestKernel side of the largest
 * @param first round
 * @param second round
 * @param lastSinc probability of the sinc filter at the end
 * @param sharpen whether targets, and what is degraded, are sharpened first
 */
public record Degradation(
    int margin,
    int smallestKernel,
    int largestKernel,
    Pass first,
    Pass second,
    double lastSinc,
    boolean sharpen) {

  private static final List<Resizing> WAYS =
      List.of(Resizing.AREA, Resizing.BILINEAR, Resizing.BICUBIC);

  /** As Real-ESRGAN is trained: crops of 256 come out of pieces of 400 pixels. */
  public static final Degradation REAL_ESRGAN =
      new Degradation(72, 7, 21, Pass.FIRST, Pass.SECOND, 0.8, true);

  /** What is degraded, and is the target of pixels and features: sharpened, or as it is. */
  public Planes target(Planes high) {
    return sharpen ? Sharpening.sharpen(high) : high;
  }

  /**
   * Degrades a picture.
   *
   * @param high sides are multiples of the scale
   * @param scale how much smaller the result is
   * @return values are of 8 bits, in [0, 1]
   */
  public Planes degrade(Planes high, int scale, Dice dice) {
    int height = high.height() / scale;
    int width = high.width() / scale;
    Planes planes = first.blur(high, kernel(dice), dice);
    planes = way(dice).by(planes, first.factor(dice));
    planes = first.compress(first.noise(planes, dice), dice);
    planes = second.blur(planes, kernel(dice), dice);
    double factor = second.factor(dice);
    planes =
        way(dice)
            .to(planes, Math.max(1, (int) (height * factor)), Math.max(1, (int) (width * factor)));
    planes = second.noise(planes, dice);
    if (dice.chance(0.5)) {
      planes = ringing(way(dice).to(planes, height, width), dice);
      return second.compress(planes, dice);
    }
    planes = second.compress(planes, dice);
    return ringing(way(dice).to(planes, height, width), dice).rounded();
  }

  private Planes ringing(Planes planes, Dice dice) {
    if (!dice.chance(lastSinc)) {
      return planes;
    }
    return Kernel.sinc(kernel(dice), dice.between(Math.PI / 3, Math.PI)).filter(planes);
  }

  private int kernel(Dice dice) {
    return smallestKernel + 2 * (int) dice.below((largestKernel - smallestKernel) / 2 + 1);
  }

  private static Resizing way(Dice dice) {
    return WAYS.get((int) dice.below(WAYS.size()));
  }
}
