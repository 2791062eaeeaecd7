package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import org.junit.jupiter.api.Test;

class PairTest {

  @Test
  void whatDoesNotDivideIsCutAtRightAndBottom() {
    byte[] samples = new byte[11 * 9];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) i;
    }
    Pair pair = Pair.of(Picture.of8Bit(11, 9, Channels.GRAY, samples, Metadata.NONE), 4, 1);
    assertThat(pair.width()).isEqualTo(8);
    assertThat(pair.height()).isEqualTo(8);
    assertThat(pair.high()[7]).isEqualTo((byte) 7);
    assertThat(pair.high()[8]).isEqualTo((byte) 11);
    assertThat(pair.low()).hasSize(2 * 2);
    assertThat(pair.bytes()).isEqualTo(64 + 4);
  }

  @Test
  void grayIsRepeatedForAColourNetwork() {
    byte[] samples = {0, 50, 100, (byte) 255};
    Pair pair = Pair.of(Picture.of8Bit(2, 2, Channels.GRAY, samples, Metadata.NONE), 1, 3);
    assertThat(pair.high()).containsExactly(0, 0, 0, 50, 50, 50, 100, 100, 100, 255, 255, 255);
  }

  @Test
  void colourBecomesLumaForAGrayNetworkAndGrayStaysItself() {
    byte[] samples = {(byte) 255, 0, 0, 0, (byte) 255, 0, 0, 0, (byte) 255, 77, 77, 77};
    Pair pair = Pair.of(Picture.of8Bit(2, 2, Channels.RGB, samples, Metadata.NONE), 1, 1);
    assertThat(pair.high()).containsExactly(76, 150, 29, 77);
  }

  @Test
  void sixteenBitsAreRoundedToEightAndAlphaIsLeftOut() {
    short[] samples = {(short) 65535, 1, 128, 2, 129, 3, 257, 4};
    Pair pair = Pair.of(Picture.of16Bit(2, 2, Channels.GRAY_ALPHA, samples, Metadata.NONE), 1, 1);
    assertThat(pair.high()).containsExactly(255, 0, 1, 1);
  }

  @Test
  void aPictureWhoseSamplesNoArrayHoldsDoesNotFit() {
    assertThat(Pair.fits(26_000, 27_000, 3)).isTrue();
    assertThat(Pair.fits(27_000, 27_000, 3)).isFalse();
    assertThat(Pair.fits(27_000, 27_000, 1)).isTrue();
    assertThat(Pair.fits(Integer.MAX_VALUE, Integer.MAX_VALUE, 3)).isFalse();
  }
}
