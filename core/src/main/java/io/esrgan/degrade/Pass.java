package io.esrgan.degrade;

import io.esrgan.image.JpegLoss;
import io.esrgan.random.Dice;
import java.util.List;

/**
 * One round of the classical degradation: blur, resize, noise, JPEG (Wang et al. 2021, section
 * 3.1).
 *
 * @param blur probability of a blur
 * @param blurs what it is
 * @param resize probabilities of enlarging, shrinking and neither
 * @param factor from the strongest shrinking, at most 1, to the strongest enlarging, at least 1
 * @param gaussian probability of Gaussian noise; else it is Poisson's
 * @param noise deviation of Gaussian noise in levels of 255
 * @param poisson what Poisson noise is multiplied by
 * @param gray probability of noise that is the same in all channels
 * @param jpeg quality, above 0 and up to 100
 */
public record Pass(
    double blur,
    Blurs blurs,
    List<Double> resize,
    Range factor,
    double gaussian,
    Range noise,
    Range poisson,
    double gray,
    Range jpeg) {

  private static final List<Double> SHAPES = List.of(0.45, 0.25, 0.12, 0.03, 0.12, 0.03);
  private static final Range GENERALISED = new Range(0.5, 4);
  private static final Range PLATEAU = new Range(1, 2);

  /** The first round of Real-ESRGAN. */
  public static final Pass FIRST =
      new Pass(
          1,
          new Blurs(0.1, SHAPES, new Range(0.2, 3), GENERALISED, PLATEAU),
          List.of(0.2, 0.7, 0.1),
          new Range(0.15, 1.5),
          0.5,
          new Range(1, 30),
          new Range(0.05, 3),
          0.4,
          new Range(30, 95));

  /** The second round of Real-ESRGAN, milder than the first. */
  public static final Pass SECOND =
      new Pass(
          0.8,
          new Blurs(0.1, SHAPES, new Range(0.2, 1.5), GENERALISED, PLATEAU),
          List.of(0.3, 0.4, 0.3),
          new Range(0.3, 1.2),
          0.5,
          new Range(1, 25),
          new Range(0.05, 2.5),
          0.4,
          new Range(30, 95));

  public Pass {
    resize = List.copyOf(resize);
  }

  Planes blur(Planes planes, int size, Dice dice) {
    return dice.chance(blur) ? blurs.draw(size, dice).filter(planes) : planes;
  }

  /** The factor to resize by. */
  double factor(Dice dice) {
    return switch (dice.choice(resize)) {
      case 0 -> dice.between(1, factor.to());
      case 1 -> dice.between(factor.from(), 1);
      default -> 1;
    };
  }

  Planes noise(Planes planes, Dice dice) {
    boolean normal = dice.chance(gaussian);
    boolean same = dice.chance(gray);
    return normal
        ? Noise.gaussian(planes, noise.draw(dice), same, dice)
        : Noise.poisson(planes, poisson.draw(dice), same, dice);
  }

  Planes compress(Planes planes, Dice dice) {
    return Planes.of(JpegLoss.of(planes.toPicture(), jpeg.draw(dice)));
  }
}
