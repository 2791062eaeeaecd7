package io.esrgan.cli;

import io.esrgan.metric.BrightnessShift;
import io.esrgan.metric.LowPsnr;
import io.esrgan.metric.Lpips;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Rmse;
import io.esrgan.metric.Ssim;
import java.io.IOException;

/** What {@code --metric} takes. */
enum MetricChoice {
  PSNR("psnr"),
  SSIM("ssim"),
  RMSE("rmse"),
  LR_PSNR("lr-psnr"),
  BRIGHTNESS("brightness"),
  NIQE("niqe"),
  LPIPS("lpips"),
  LPIPS_VGG("lpips-vgg"),
  LPIPS_SQUEEZE("lpips-squeeze"),
  /** The perceptual index, for which scores of the user's are needed. */
  PI("pi");

  private final String word;

  MetricChoice(String word) {
    this.word = word;
  }

  /** Whether it is of one picture, without another to compare it with. */
  boolean judgesSinglePictures() {
    return this == NIQE || this == PI;
  }

  /** The metric, with its files read. */
  Metric metric(NiqeOption niqe) throws IOException {
    return switch (this) {
      case PSNR -> new Psnr();
      case SSIM -> new Ssim();
      case RMSE -> new Rmse();
      case LR_PSNR -> new LowPsnr();
      case BRIGHTNESS -> new BrightnessShift();
      case NIQE -> niqe.read();
      case LPIPS -> Lpips.read(Lpips.Backbone.ALEX);
      case LPIPS_VGG -> Lpips.read(Lpips.Backbone.VGG);
      case LPIPS_SQUEEZE -> Lpips.read(Lpips.Backbone.SQUEEZE);
      case PI -> throw new IllegalStateException("the perceptual index is no metric of its own");
    };
  }

  /** As it is typed. */
  @Override
  public String toString() {
    return word;
  }
}
