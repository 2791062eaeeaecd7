package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.Fixtures;
import io.esrgan.exec.Executor;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.metric.Consistency;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UpscalerTest {
  private static final Metadata METADATA = new Metadata(new byte[] {1, 2, 3}, 300);

  @Test
  void everyKindOfPictureKeepsItsKindDepthAndMetadata() throws IOException {
    try (Upscaler upscaler = upscaler(4L << 30)) {
      for (Channels channels : Channels.values()) {
        for (int bits : new int[] {8, 16}) {
          Picture high = upscaler.upscale(picture(channels, bits, 9, 7));
          assertThat(high.toString()).isEqualTo("36x28 %s, %d bits".formatted(channels, bits));
          assertThat(high.metadata()).isSameAs(METADATA);
        }
      }
    }
  }

  @Test
  void everyKindOfPictureGetsTheScaleThatIsWanted() throws IOException {
    for (double scale : new double[] {1, 2.5, 3, 7}) {
      UpscaleOptions options =
          UpscaleOptions.PLAIN.withScale(scale).withBackProjections(1).withEnsemble();
      try (Upscaler upscaler = upscaler(4L << 30, options)) {
        assertThat(upscaler.scale()).isEqualTo(scale);
        for (Channels channels : Channels.values()) {
          for (int bits : new int[] {8, 16}) {
            Picture high = upscaler.upscale(picture(channels, bits, 9, 6));
            assertThat(high.toString())
                .isEqualTo(
                    "%dx%d %s, %d bits"
                        .formatted(
                            (int) Math.floor(9 * scale + 0.5),
                            (int) Math.floor(6 * scale + 0.5),
                            channels,
                            bits));
            assertThat(high.metadata()).isSameAs(METADATA);
          }
        }
      }
    }
  }

  @Test
  void theNetworksOwnScaleChangesNothing() throws IOException {
    Picture low = picture(Channels.RGB_ALPHA, 16, 9, 7);
    try (Upscaler plain = upscaler(4L << 30);
        Upscaler same = upscaler(4L << 30, UpscaleOptions.PLAIN.withScale(4))) {
      assertThat(same.upscale(low).shorts()).isEqualTo(plain.upscale(low).shorts());
    }
  }

  @Test
  void anotherScaleIsTheNetworksResultResized() throws IOException {
    Picture low = picture(Channels.RGB, 16, 12, 10);
    try (Upscaler plain = upscaler(4L << 30);
        Upscaler half = upscaler(4L << 30, UpscaleOptions.PLAIN.withScale(2))) {
      Picture expected = Bicubic.shrink(plain.upscale(low), 2);
      Picture actual = half.upscale(low);
      assertThat(actual).hasToString(expected.toString());
      double mean = 0;
      for (int i = 0; i < expected.shorts().length; i++) {
        mean += Math.abs(expected.sample(i) - actual.sample(i)) / 65535.0;
      }
      // Not the same: here the network's result is clamped before it is resized.
      assertThat(mean / expected.shorts().length).isLessThan(0.01);
    }
  }

  @Test
  void anEnsembleTurnsWithThePicture() throws IOException {
    Picture low = picture(Channels.RGB, 8, 11, 8);
    try (Upscaler plain = upscaler(4L << 30);
        Upscaler ensemble = upscaler(4L << 30, UpscaleOptions.PLAIN.withEnsemble())) {
      Picture expected = transposed(ensemble.upscale(low));
      Picture actual = ensemble.upscale(transposed(low));
      int off = 0;
      for (int i = 0; i < expected.bytes().length; i++) {
        off = Math.max(off, Math.abs(expected.sample(i) - actual.sample(i)));
      }
      assertThat(off).isLessThanOrEqualTo(1); // sums are taken in another order
      assertThat(plain.upscale(transposed(low)).bytes())
          .isNotEqualTo(transposed(plain.upscale(low)).bytes());
    }
  }

  private static Picture transposed(Picture picture) {
    int channels = picture.channels().count();
    byte[] samples = new byte[picture.bytes().length];
    int at = 0;
    for (int x = 0; x < picture.width(); x++) {
      for (int y = 0; y < picture.height(); y++) {
        for (int c = 0; c < channels; c++) {
          samples[at++] = (byte) picture.sample(x, y, c);
        }
      }
    }
    return Picture.of8Bit(
        picture.height(), picture.width(), picture.channels(), samples, picture.metadata());
  }

  @Test
  void backProjectionBringsEveryKindOfResultNearerToItsInput() throws IOException {
    try (Upscaler plain = upscaler(4L << 30);
        Upscaler projected = upscaler(4L << 30, UpscaleOptions.PLAIN.withBackProjections(10))) {
      for (Channels channels : Channels.values()) {
        Picture low = smooth(channels);
        double before = Consistency.of(low, plain.upscale(low));
        assertThat(Consistency.of(low, projected.upscale(low)))
            .as(channels.toString())
            .isGreaterThan(before + 10);
      }
    }
  }

  /** Gentle slopes, so that nothing has to be clamped. */
  private static Picture smooth(Channels channels) {
    short[] samples = new short[16 * 12 * channels.count()];
    for (int i = 0; i < samples.length; i++) {
      int pixel = i / channels.count();
      samples[i] = (short) (20000 + 900 * (pixel % 16) + 700 * (pixel / 16) + 3000 * (i % 3));
    }
    return Picture.of16Bit(16, 12, channels, samples, METADATA);
  }

  @Test
  void backProjectionNeedsAnEnlargement() throws IOException {
    GeneratorFile same = Weights.readGenerator(Fixtures.fixture("rrdb-x1-new.zip.pth"));
    Executor.Settings settings = new Executor.Settings(Device.CPU, Precision.FLOAT32, 1 << 20);
    long before = Scope.liveTensors();
    assertThatThrownBy(
            () -> Upscaler.of(same, settings, UpscaleOptions.PLAIN.withBackProjections(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not enlarge");
    assertThat(Scope.liveTensors()).isEqualTo(before);
  }

  @Test
  void anOpaquePictureStaysOpaqueAndItsColoursAreThoseWithoutAlpha() throws IOException {
    try (Upscaler upscaler = upscaler(4L << 30)) {
      Picture opaque = picture(Channels.RGB_ALPHA, 8, 8, 8);
      for (int i = 3; i < opaque.bytes().length; i += 4) {
        opaque.bytes()[i] = (byte) 255;
      }
      byte[] colours = new byte[8 * 8 * 3];
      for (int i = 0; i < colours.length; i++) {
        colours[i] = opaque.bytes()[i / 3 * 4 + i % 3];
      }
      Picture high = upscaler.upscale(opaque);
      Picture plain = upscaler.upscale(Picture.of8Bit(8, 8, Channels.RGB, colours, METADATA));
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          assertThat(high.sample(x, y, 3)).isEqualTo(255);
          assertThat(high.sample(x, y, 1)).isEqualTo(plain.sample(x, y, 1));
        }
      }
    }
  }

  @Test
  void whatATransparentPixelHidesDoesNotReachItsNeighbours() throws IOException {
    try (Upscaler upscaler = upscaler(4L << 30)) {
      Picture black = disc(0);
      Picture white = disc(255);
      assertThat(upscaler.upscale(black).bytes()).isEqualTo(upscaler.upscale(white).bytes());
    }
  }

  /** A red disc on full transparency that hides {@code hidden}. */
  private static Picture disc(int hidden) {
    byte[] samples = new byte[16 * 16 * 4];
    for (int i = 0; i < 256; i++) {
      int x = i % 16 - 8;
      int y = i / 16 - 8;
      boolean inside = x * x + y * y < 30;
      samples[4 * i] = (byte) (inside ? 200 : hidden);
      samples[4 * i + 1] = (byte) (inside ? 30 : hidden);
      samples[4 * i + 2] = (byte) (inside ? 40 : hidden);
      samples[4 * i + 3] = (byte) (inside ? 255 : 0);
    }
    return Picture.of8Bit(16, 16, Channels.RGB_ALPHA, samples, METADATA);
  }

  @Test
  void severalThreadsShareOneUpscaler() throws Exception {
    Picture low = picture(Channels.RGB, 8, 12, 10);
    try (Upscaler upscaler = upscaler(4L << 30)) {
      byte[] expected = upscaler.upscale(low).bytes();
      ExecutorService callers = Executors.newFixedThreadPool(3);
      List<Future<Picture>> results = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        results.add(callers.submit(() -> upscaler.upscale(low)));
      }
      for (Future<Picture> result : results) {
        assertThat(result.get().bytes()).isEqualTo(expected);
      }
      callers.shutdown();
    }
  }

  @Test
  void progressCountsUpToItsTotalAndClosingFreesEverything() throws IOException {
    requireProgress(UpscaleOptions.PLAIN, 8);
    requireProgress(UpscaleOptions.PLAIN.withEnsemble().withBackProjections(2).withScale(3), 64);
  }

  private static void requireProgress(UpscaleOptions options, int least) throws IOException {
    long before = Scope.liveTensors();
    List<Integer> told = new ArrayList<>();
    try (Upscaler upscaler = upscaler(1 << 20, options)) {
      upscaler.upscale(
          picture(Channels.RGB_ALPHA, 8, 150, 140),
          (done, total) -> {
            told.add(done);
            assertThat(done).isLessThanOrEqualTo(total);
            told.set(0, total);
          });
    }
    assertThat(told).hasSizeGreaterThan(least);
    assertThat(told.get(told.size() - 1)).isEqualTo(told.get(0));
    assertThat(Scope.liveTensors()).isEqualTo(before);
  }

  @Test
  void aClosedOneSaysSo() throws IOException {
    Upscaler upscaler = upscaler(1L << 30);
    upscaler.close();
    upscaler.close();
    assertThatThrownBy(() -> upscaler.upscale(picture(Channels.RGB, 8, 4, 4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aModelForOtherChannelsIsRefusedAndLeavesNothingBehind() throws IOException {
    GeneratorFile rgb = Weights.readGenerator(Fixtures.fixture("rrdb-x4-mid.zip.pth"));
    long before = Scope.liveTensors();
    GeneratorFile four =
        new GeneratorFile(
            new RrdbConfig(4, 4, 16, 8, 1, 4, 1, false),
            rgb.weights(),
            rgb.layout(),
            rgb.container(),
            rgb.wrapper(),
            rgb.dtype());
    Executor.Settings settings = new Executor.Settings(Device.CPU, Precision.FLOAT32, 1 << 20);
    assertThatThrownBy(() -> Upscaler.of(four, settings)).hasMessageContaining("4 channels of 4");
    GeneratorFile wider =
        new GeneratorFile(
            new RrdbConfig(3, 3, 32, 8, 1, 4, 1, false),
            rgb.weights(),
            rgb.layout(),
            rgb.container(),
            rgb.wrapper(),
            rgb.dtype());
    assertThatThrownBy(() -> Upscaler.of(wider, settings)).hasMessageContaining("conv_first");
    assertThat(Scope.liveTensors()).isEqualTo(before);
  }

  private static Upscaler upscaler(long memory) throws IOException {
    return upscaler(memory, UpscaleOptions.PLAIN);
  }

  private static Upscaler upscaler(long memory, UpscaleOptions options) throws IOException {
    return Upscaler.of(
        Weights.readGenerator(Fixtures.fixture("rrdb-x4-mid.zip.pth")),
        new Executor.Settings(Device.CPU, Precision.FLOAT32, memory),
        options);
  }

  private static Picture picture(Channels channels, int bits, int width, int height) {
    int count = width * height * channels.count();
    if (bits == 8) {
      byte[] samples = new byte[count];
      for (int i = 0; i < count; i++) {
        samples[i] = (byte) (i * 37);
      }
      return Picture.of8Bit(width, height, channels, samples, METADATA);
    }
    short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) (i * 9001);
    }
    return Picture.of16Bit(width, height, channels, samples, METADATA);
  }
}
