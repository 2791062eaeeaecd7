package io.esrgan.study;

import io.esrgan.metric.Channel;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import java.util.List;

/** A metric taken by a protocol: one column of numbers. */
public record Measure(Metric metric, Protocol protocol) {

  /** PSNR and SSIM, of luma and of RGB, with a border of as many pixels as the scale. */
  public static List<Measure> standard(int scale) {
    Protocol luma = new Protocol(Channel.Y, scale);
    Protocol rgb = new Protocol(Channel.RGB, scale);
    return List.of(
        new Measure(new Psnr(), luma),
        new Measure(new Ssim(), luma),
        new Measure(new Psnr(), rgb),
        new Measure(new Ssim(), rgb));
  }

  /** Its short name, such as {@code PSNR-Y}. */
  public String name() {
    return metric.name() + "-" + protocol.channel();
  }
}
