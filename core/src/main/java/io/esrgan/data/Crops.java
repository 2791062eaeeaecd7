package io.esrgan.data;

import io.esrgan.data.CropDraw.Crop;
import io.esrgan.degrade.Degradation;
import io.esrgan.degrade.Planes;
import io.esrgan.random.Dice;

/** Cuts the crops of a batch, one after another, and degrades them where the plan says so. */
final class Crops {
  private final BatchPlan plan;
  private final float[] low;
  private final float[] high;
  private final float[] target; // high itself where nothing is degraded
  private int count;

  Crops(BatchPlan plan) {
    this.plan = plan;
    int values = plan.size() * plan.channels();
    low = new float[values * plan.lowCrop() * plan.lowCrop()];
    high = new float[values * plan.crop() * plan.crop()];
    target = plan.degradation().isPresent() ? new float[high.length] : high;
  }

  /** Adds a crop; what is random about its degradation comes from the dice. */
  void add(Pair pair, Crop crop, Dice dice) {
    int at = count++ * plan.channels();
    int highAt = at * plan.crop() * plan.crop();
    int lowAt = at * plan.lowCrop() * plan.lowCrop();
    if (plan.degradation().isPresent()) {
      degrade(plan.degradation().get(), piece(pair, crop), dice, lowAt, highAt);
    } else {
      cut(pair.low(), pair.lowWidth(), crop, 1, plan.lowCrop(), low, lowAt);
      cut(pair.high(), pair.width(), crop, plan.scale(), plan.crop(), high, highAt);
    }
  }

  Batch batch(long step) {
    return new Batch(
        step, plan.size(), plan.channels(), plan.lowCrop(), plan.scale(), low, high, target);
  }

  private void degrade(Degradation degradation, Planes piece, Dice dice, int lowAt, int highAt) {
    Planes sharp = degradation.target(piece);
    Planes degraded = degradation.degrade(sharp, plan.scale(), dice);
    int margin = degradation.margin();
    put(piece.square(margin, margin, plan.crop()), high, highAt);
    put(sharp.square(margin, margin, plan.crop()), target, highAt);
    int lowMargin = margin / plan.scale();
    put(degraded.square(lowMargin, lowMargin, plan.lowCrop()), low, lowAt);
  }

  /** The crop with its margin. */
  private Planes piece(Pair pair, Crop crop) {
    int side = plan.piece();
    float[] values = new float[plan.channels() * side * side];
    cut(pair.high(), pair.width(), crop, plan.scale(), side, values, 0);
    return new Planes(plan.channels(), side, side, values);
  }

  private void cut(
      byte[] source, int width, Crop crop, int scale, int side, float[] to, int offset) {
    crop.orientation()
        .cut(source, width, plan.channels(), crop.x() * scale, crop.y() * scale, side, to, offset);
  }

  private static void put(Planes part, float[] to, int offset) {
    System.arraycopy(part.values(), 0, to, offset, part.values().length);
  }
}
