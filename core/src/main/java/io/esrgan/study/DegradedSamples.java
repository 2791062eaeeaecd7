package io.esrgan.study;

import io.esrgan.data.BatchPlan;
import io.esrgan.degrade.Degradation;
import io.esrgan.degrade.Planes;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.random.Dice;
import io.esrgan.report.PictureGrid.Cell;
import io.esrgan.report.PictureGrid.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a network trains on: crops, and what several draws of a degradation make of each. They are
 * drawn as in training, but from the seed and the picture's number, and upright.
 */
public final class DegradedSamples {
  private final BatchPlan plan;
  private final Degradation degradation;
  private final long seed;
  private final int count;

  /**
   * @param plan with a degradation
   * @param count samples of each crop
   */
  public DegradedSamples(BatchPlan plan, long seed, int count) {
    this.plan = plan;
    this.degradation = plan.degradation().orElseThrow();
    this.seed = seed;
    this.count = count;
  }

  /**
   * A crop of a picture as training aims at it, and its degraded samples, each of their pixels as
   * large as it stands for.
   *
   * @param name stands beside it
   * @param picture 8-bit RGB
   * @param number of the picture, from 0
   * @throws IOException if the picture is too small for a crop
   */
  public Row row(String name, Picture picture, int number) throws IOException {
    int side = plan.piece();
    if (Math.min(picture.width(), picture.height()) < side) {
      throw new IOException(
          "%s has %dx%d pixels, but a crop takes %dx%d: give a larger picture"
              .formatted(name, picture.width(), picture.height(), side, side));
    }
    Dice place = new Dice(seed, number, -1);
    int x = (int) place.below(picture.width() - side + 1);
    int y = (int) place.below(picture.height() - side + 1);
    Planes target = degradation.target(Planes.of(picture.crop(x, y, side, side)));
    int margin = degradation.margin();
    List<Cell> cells = new ArrayList<>();
    cells.add(cell(target.square(margin, margin, plan.crop()), 1));
    for (int i = 0; i < count; i++) {
      Planes low = degradation.degrade(target, plan.scale(), new Dice(seed, number, i));
      int lowMargin = margin / plan.scale();
      cells.add(cell(low.square(lowMargin, lowMargin, plan.lowCrop()), plan.scale()));
    }
    return new Row(name, cells);
  }

  /** What stands over the columns. */
  public List<String> heads() {
    List<String> heads = new ArrayList<>();
    heads.add("target");
    for (int i = 1; i <= count; i++) {
      heads.add("sample " + i);
    }
    return heads;
  }

  private static Cell cell(Planes planes, int factor) {
    return Cell.of(enlarged(planes.toPicture(), factor), List.of());
  }

  private static Picture enlarged(Picture picture, int factor) {
    int channels = picture.channels().count();
    int width = picture.width() * factor;
    byte[] samples = new byte[width * picture.height() * factor * channels];
    for (int i = 0; i < samples.length; i++) {
      int x = i / channels % width / factor;
      int y = i / channels / width / factor;
      samples[i] = picture.bytes()[(y * picture.width() + x) * channels + i % channels];
    }
    return Picture.of8Bit(
        width, picture.height() * factor, picture.channels(), samples, Metadata.NONE);
  }
}
