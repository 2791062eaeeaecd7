package io.esrgan.study;

import io.esrgan.metric.Channel;
import io.esrgan.metric.Metric;
import io.esrgan.metric.NoReference;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import java.util.ArrayList;
import java.util.List;

/** A metric taken by a protocol: one column of numbers. */
public record Measure(Metric metric, Protocol protocol) {

  /** PSNR and SSIM, of luma and of RGB, with a border of as many pixels as the scale. */
  public static List<Measure> standard(int scale) {
    return of(List.of(new Psnr(), new Ssim()), scale);
  }

  /**
   * Each metric of luma, then of RGB, with a border of as many pixels as the scale; those without a
   * reference, which are of luma only, come last.
   */
  public static List<Measure> of(List<Metric> metrics, int scale) {
    List<Measure> measures = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      metrics.stream()
          .filter(metric -> !(metric instanceof NoReference))
          .forEach(metric -> measures.add(new Measure(metric, new Protocol(channel, scale))));
    }
    metrics.stream()
        .filter(metric -> metric instanceof NoReference)
        .forEach(metric -> measures.add(new Measure(metric, Protocol.paper(scale))));
    return measures;
  }

  /** Whether the original picture has a number of its own that others are to be held against. */
  boolean judgesOriginals() {
    return metric instanceof NoReference;
  }

  /** Its short name, such as {@code PSNR-Y}; {@code NIQE}, which has but one channel. */
  public String name() {
    return metric instanceof NoReference ? metric.name() : metric.name() + "-" + protocol.channel();
  }

  /** How it is taken, and which way is better where that is not the usual one. */
  public String detail() {
    return protocol.stamp() + (metric.higherIsBetter() ? "" : ", lower is better");
  }
}
