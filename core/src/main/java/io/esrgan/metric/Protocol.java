package io.esrgan.metric;

import java.util.Locale;

/**
 * How pictures are measured. Numbers taken by different protocols cannot be compared, so every
 * number is printed with its {@link #stamp}.
 *
 * <p>Samples are always rounded to 8 bits first, as files would hold them.
 *
 * @param channel what of the pictures is measured
 * @param border pixels cut off at each side first; the scale, by custom
 */
public record Protocol(Channel channel, int border) {
  public Protocol {
    if (border < 0) {
      throw new IllegalArgumentException("a border has 0 pixels or more, not " + border);
    }
  }

  /** The paper's: luma, a border of as many pixels as the scale. */
  public static Protocol paper(int scale) {
    return new Protocol(Channel.Y, scale);
  }

  /** The protocol in words, such as {@code Y channel, border 4, 8-bit rounding}. */
  public String stamp() {
    return String.format(Locale.ROOT, "%s, border %d, 8-bit rounding", channel.stamp(), border);
  }
}
