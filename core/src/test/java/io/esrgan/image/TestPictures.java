package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Picture.Channels;
import java.util.Random;

/** Pictures to test with. */
final class TestPictures {
  private TestPictures() {}

  /** Every sample random. */
  static Picture noisy(int width, int height, Channels channels, int bits) {
    Random random = new Random(width * 31L + height);
    int samples = width * height * channels.count();
    if (bits == 8) {
      byte[] bytes = new byte[samples];
      random.nextBytes(bytes);
      return Picture.of8Bit(width, height, channels, bytes, Metadata.NONE);
    }
    short[] shorts = new short[samples];
    for (int i = 0; i < samples; i++) {
      shorts[i] = (short) random.nextInt(65536);
    }
    return Picture.of16Bit(width, height, channels, shorts, Metadata.NONE);
  }

  /** Size, channels, depth and all samples; not the metadata. */
  static void assertSame(Picture actual, Picture expected) {
    assertThat(actual).hasToString(expected.toString());
    if (expected.bits() == 8) {
      assertThat(actual.bytes()).isEqualTo(expected.bytes());
    } else {
      assertThat(actual.shorts()).isEqualTo(expected.shorts());
    }
  }
}
