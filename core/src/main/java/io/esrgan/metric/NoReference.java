package io.esrgan.metric;

import io.esrgan.image.Picture;
import java.util.List;

/**
 * A metric that judges a picture by itself: it needs no picture that this one should be, and looks
 * at none. It takes the Y channel.
 */
public interface NoReference extends Metric {

  /**
   * Measures a picture.
   *
   * @param border pixels cut off at each side first
   * @throws IllegalArgumentException if it has alpha, or too little can be seen inside the border
   */
  double measure(Picture picture, int border);

  @Override
  default List<Protocol> protocols(int scale) {
    return List.of(Protocol.paper(scale));
  }

  /**
   * Measures {@code candidate} alone.
   *
   * @throws IllegalArgumentException also if the protocol is not of the Y channel
   */
  @Override
  default double measure(Picture reference, Picture candidate, Protocol protocol) {
    if (protocol.channel() != Channel.Y) {
      throw new IllegalArgumentException(name() + " takes the Y channel, not " + protocol.stamp());
    }
    return measure(candidate, protocol.border());
  }
}
