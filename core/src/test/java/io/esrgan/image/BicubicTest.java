package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Bicubic.Convention;
import io.esrgan.image.Picture.Channels;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BicubicTest {

  @Property(tries = 300)
  void aFlatPictureStaysFlat(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 6) int factor,
      @ForAll @IntRange(max = 255) int value,
      @ForAll Channels channels,
      @ForAll Convention convention) {
    byte[] samples = new byte[width * height * channels.count()];
    Arrays.fill(samples, (byte) value);
    Picture flat = Picture.of8Bit(width, height, channels, samples, Metadata.NONE);
    Picture small = Bicubic.shrink(flat, factor, convention);
    assertThat(small.width()).isEqualTo((width + factor - 1) / factor);
    assertThat(small.height()).isEqualTo((height + factor - 1) / factor);
    assertThat(small.bytes()).containsOnly(value);
    Picture large = Bicubic.enlarge(flat, factor, convention);
    assertThat(large.width()).isEqualTo(width * factor);
    assertThat(large.height()).isEqualTo(height * factor);
    assertThat(large.bytes()).containsOnly(value);
  }

  @ParameterizedTest
  @EnumSource(Convention.class)
  void aFactorOfOneChangesNothing(Convention convention) {
    Picture deep = TestPictures.noisy(13, 9, Channels.RGB, 16);
    TestPictures.assertSame(Bicubic.shrink(deep, 1, convention), deep);
    TestPictures.assertSame(Bicubic.enlarge(deep, 1, convention), deep);
  }

  @Test
  void aMirroredPictureGivesTheMirroredResult() {
    Picture picture = TestPictures.noisy(24, 17, Channels.RGB, 8);
    Picture mirrored = Orientation.MIRRORED.apply(picture);
    for (int factor = 2; factor <= 4; factor++) {
      TestPictures.assertSame(
          Bicubic.enlarge(mirrored, factor),
          Orientation.MIRRORED.apply(Bicubic.enlarge(picture, factor)));
    }
    TestPictures.assertSame(
        Bicubic.shrink(mirrored, 4), Orientation.MIRRORED.apply(Bicubic.shrink(picture, 4)));
  }

  @Test
  void aScaleIsTheFactorItNames() {
    Picture picture = TestPictures.noisy(45, 30, Channels.GRAY, 8);
    TestPictures.assertSame(Bicubic.resize(picture, 1 / 3.0), Bicubic.shrink(picture, 3));
    TestPictures.assertSame(Bicubic.resize(picture, 3), Bicubic.enlarge(picture, 3));
    assertThat(Bicubic.resize(picture, 1.5).width()).isEqualTo(68);
  }

  @Test
  void theColourOfTransparentPixelsDoesNotBleed() {
    // The left half opaque red, the right half transparent green.
    byte[] samples = new byte[16 * 4 * 4];
    for (int i = 0; i < 64; i++) {
      boolean opaque = i % 16 < 8;
      samples[4 * i + (opaque ? 0 : 1)] = (byte) 255;
      samples[4 * i + 3] = (byte) (opaque ? 255 : 0);
    }
    Picture picture = Picture.of8Bit(16, 4, Channels.RGB_ALPHA, samples, Metadata.NONE);
    for (Picture resized :
        new Picture[] {Bicubic.enlarge(picture, 4), Bicubic.shrink(picture, 2)}) {
      for (int i = 0; i < resized.width() * resized.height(); i++) {
        assertThat(resized.sample(4 * i + 1)).isZero();
        if (resized.sample(4 * i + 3) > 0) {
          assertThat(resized.sample(4 * i)).isEqualTo(255);
        }
      }
    }
  }

  @Test
  void metadataComeAlong() {
    Metadata metadata = new Metadata(new byte[] {1}, 300);
    Picture picture = TestPictures.noisy(8, 8, Channels.GRAY, 8).withMetadata(metadata);
    assertThat(Bicubic.shrink(picture, 4).metadata()).isSameAs(metadata);
  }

  @Test
  void nonsenseIsRefused() {
    Picture picture = TestPictures.noisy(8, 8, Channels.GRAY, 8);
    assertThatThrownBy(() -> Bicubic.shrink(picture, 0)).hasMessage("a factor is 1 or more, not 0");
    assertThatThrownBy(() -> Bicubic.resize(picture, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Bicubic.resize(picture, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
