package io.esrgan.study;

import io.esrgan.metric.Channel;
import io.esrgan.metric.Metric;
import io.esrgan.metric.NoReference;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Ssim;
import io.esrgan.report.Column;
import io.esrgan.report.Column.Better;
import java.util.ArrayList;
import java.util.List;

/** A metric taken by a protocol: one column of numbers. */
public record Measure(Metric metric, Protocol protocol) {
  static final int DECIMALS = 4; // of every measure in tables

  /** PSNR and SSIM, of luma and of RGB, with a border of as many pixels as the scale. */
  public static List<Measure> standard(int scale) {
    return of(List.of(new Psnr(), new Ssim()), scale);
  }

  /**
   * Each metric that takes luma and RGB of luma, then of RGB; those that take but one channel come
   * last.
   */
  public static List<Measure> of(List<Metric> metrics, int scale) {
    List<Measure> measures = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      for (Metric metric : metrics) {
        metric.protocols(scale).stream()
            .filter(protocol -> protocol.channel() == channel && !takesOne(metric))
            .forEach(protocol -> measures.add(new Measure(metric, protocol)));
      }
    }
    metrics.stream()
        .filter(Measure::takesOne)
        .forEach(metric -> measures.add(first(metric, scale)));
    return measures;
  }

  /** The metric as it is usually taken of pictures that were enlarged by {@code scale}. */
  public static Measure first(Metric metric, int scale) {
    return new Measure(metric, metric.protocols(scale).get(0));
  }

  private static boolean takesOne(Metric metric) {
    return metric.protocols(1).size() == 1;
  }

  /** Whether the original picture has a number of its own that others are to be held against. */
  boolean judgesOriginals() {
    return metric instanceof NoReference;
  }

  /** Its short name, such as {@code PSNR-Y}; {@code NIQE}, which has but one channel. */
  public String name() {
    return takesOne(metric) ? metric.name() : metric.name() + "-" + protocol.channel();
  }

  /** Its column in tables. */
  Column column() {
    Better end = metric.higherIsBetter() ? Better.HIGHER : Better.LOWER;
    return Column.ranked(name(), detail(), DECIMALS, metric.isRanked() ? end : Better.NEITHER);
  }

  /** How it is taken, and which way is better where that is not the usual one. */
  public String detail() {
    return protocol.stamp() + (metric.best().isEmpty() ? "" : ", " + metric.best()) + weights();
  }

  /** All that its numbers depend on, in words; numbers of one stamp can be compared. */
  public String stamp() {
    return name() + ": " + protocol.stamp() + weights();
  }

  private String weights() {
    return metric.weights().isEmpty() ? "" : ", SHA-256 " + String.join(" and ", metric.weights());
  }
}
