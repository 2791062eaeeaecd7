package io.esrgan.data;

import io.esrgan.data.PictureFolder.Source;
import java.util.Arrays;
import java.util.List;

/** Draws which picture a sample is cut from, and where. */
final class CropDraw {

  /** A crop in low-resolution pixels, and how it is laid. */
  record Crop(int x, int y, Orientation orientation) {}

  private final BatchPlan plan;
  private final long[] upTo; // upTo[i]: weights of the pictures 0 to i together

  CropDraw(List<Source> sources, BatchPlan plan) {
    this.plan = plan;
    this.upTo = new long[sources.size()];
    long sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum +=
          switch (plan.sampling()) {
            case AREA -> sources.get(i).pixels();
            case UNIFORM -> 1;
          };
      upTo[i] = sum;
    }
  }

  /** The number of a picture. */
  int picture(Dice dice) {
    long ticket = dice.below(upTo[upTo.length - 1]);
    int place = Arrays.binarySearch(upTo, ticket + 1);
    return place >= 0 ? place : -place - 1;
  }

  /** A crop of a picture, every place equally likely. */
  Crop crop(Pair pair, Dice dice) {
    int x = (int) dice.below(pair.lowWidth() - plan.lowCrop() + 1);
    int y = (int) dice.below(pair.lowHeight() - plan.lowCrop() + 1);
    return new Crop(
        x, y, plan.augment() ? Orientation.of((int) dice.below(8)) : Orientation.UPRIGHT);
  }
}
