package io.esrgan.upscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.exec.Executor;
import io.esrgan.exec.NotFiniteException;
import io.esrgan.exec.Plan;
import io.esrgan.exec.TooLittleMemoryException;
import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.image.PictureException;
import io.esrgan.image.RowReader;
import io.esrgan.image.RowWriter;
import io.esrgan.metric.Consistency;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Parameter;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.GeneratorFile;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** From file to file by rows there comes the same file as by way of pictures in memory. */
class FileToFileTest {
  private static final long PLENTY = 4L << 30;

  @TempDir Path folder;
  private Path results;

  @BeforeEach
  void makeFolder() throws IOException {
    results = Files.createDirectory(folder.resolve("results"));
  }

  @ParameterizedTest
  @CsvSource({"png, png", "png, tif", "tif, png", "png, jpg", "jpg, bmp", "bmp, png", "jpg, tif"})
  void formatsDoNotMatter(String from, String to) throws IOException {
    Path input = write("a." + from, noise(61, 43, Channels.RGB, 8, 0));
    try (Upscaler upscaler = upscaler(3, PLENTY, UpscaleOptions.PLAIN)) {
      requireSame(upscaler, input, to);
    }
  }

  @ParameterizedTest
  @EnumSource(Channels.class)
  void channelsBitsAndNetworksDoNotMatter(Channels channels) throws IOException {
    for (int network : new int[] {1, 3}) {
      try (Upscaler upscaler = upscaler(network, PLENTY, UpscaleOptions.PLAIN)) {
        for (int bits : new int[] {8, 16}) {
          // Alpha that is flat, that hides nothing, and that hides colours.
          for (int leastAlpha : new int[] {255, 1, 0}) {
            Path input =
                write(
                    "%d %d %d.png".formatted(network, bits, leastAlpha),
                    noise(19, 23, channels, bits, leastAlpha));
            requireSame(upscaler, input, bits == 8 ? "png" : "tif");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Channels.class)
  void optionsDoNotMatter(Channels channels) throws IOException {
    List<UpscaleOptions> all =
        List.of(
            UpscaleOptions.PLAIN.withScale(2.5),
            UpscaleOptions.PLAIN.withScale(7),
            UpscaleOptions.PLAIN.withBackProjections(3),
            UpscaleOptions.PLAIN.withScale(1).withBackProjections(1),
            UpscaleOptions.PLAIN.withEnsemble().withScale(3).withBackProjections(1));
    Path input = write("a.png", noise(26, 17, channels, 8, 0));
    for (int network : new int[] {1, 3}) {
      for (UpscaleOptions options : all) {
        try (Upscaler upscaler = upscaler(network, PLENTY, options)) {
          requireSame(upscaler, input, "png");
        }
      }
    }
  }

  /** As where a GPU computes, also where the network fails while the thread waits for rows. */
  @Test
  void aThreadThatEncodesDoesNotMatter() throws IOException {
    for (UpscaleOptions options :
        List.of(UpscaleOptions.PLAIN, UpscaleOptions.PLAIN.withEnsemble())) {
      try (Upscaler upscaler = upscaler(3, 8 << 20, options).encodingBeside()) {
        requireSame(upscaler, write("a.png", noise(70, 300, Channels.RGB_ALPHA, 8, 1)), "png");
        Path damaged = write("damaged.png", noise(70, 900, Channels.RGB, 8, 0));
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length * 3 / 4] ^= 1;
        Files.write(damaged, bytes);
        assertThatThrownBy(() -> upscaler.upscale(damaged, results.resolve("b.png"), false))
            .isInstanceOf(PictureException.class);
        requireTidy();
      }
    }
  }

  @Test
  void stripsAndBandsDoNotMatter() throws IOException {
    UpscaleOptions options = UpscaleOptions.PLAIN.withBackProjections(2).withScale(3);
    Path gray = write("gray.png", noise(300, 70, Channels.GRAY, 8, 0));
    for (Plan.Cut cut : List.of(Plan.Cut.BANDS, Plan.Cut.STRIPS)) {
      try (Upscaler upscaler = upscaler(3, least(gray, cut), options)) {
        for (Channels channels : Channels.values()) {
          Path input = write("a.png", noise(300, 70, channels, 8, 0));
          assertThat(requireSame(upscaler, input, "png").plan().cut()).isEqualTo(cut);
        }
      }
    }
  }

  @Test
  void theErrorFoundAtSeamsIsOneThatTheResultHas() throws IOException {
    Path input = write("a.png", noise(300, 60, Channels.RGB, 16, 0));
    long memory = least(input, Plan.Cut.BANDS);
    Executor.Settings rough =
        new Executor.Settings(Device.CPU, Precision.FLOAT32, memory, OptionalInt.of(1));
    try (Upscaler exact = upscaler(3, PLENTY, UpscaleOptions.PLAIN);
        Upscaler approximate = Upscaler.of(network(3, 0.05f), rough);
        RowReader low = Images.openRows(input)) {
      Picture right = exact.upscale(Images.read(input));
      Picture wrong = approximate.upscale(Images.read(input));
      double largest = 0;
      for (int i = 0; i < right.shorts().length; i++) {
        largest = Math.max(largest, Math.abs(right.sample(i) - wrong.sample(i)) / 257.0);
      }
      assertThat(exact.seamError(low)).isZero();
      assertThat(largest).isPositive();
      // Not all edges are looked at.
      assertThat(approximate.seamError(low)).isBetween(largest / 20, largest + 0.01);
    }
  }

  /** The least memory by which a picture is cut in such a way. */
  private long least(Path input, Plan.Cut cut) throws IOException {
    for (long memory = 64 << 10; ; memory += memory / 4) {
      try (Upscaler upscaler = upscaler(3, memory, UpscaleOptions.PLAIN)) {
        if (upscaler.upscale(input, folder.resolve("tried.png"), true).plan().cut() == cut) {
          return memory;
        }
      } catch (TooLittleMemoryException e) {
        assertThat(memory).isLessThan(PLENTY);
      }
    }
  }

  private Upscaled requireSame(Upscaler upscaler, Path input, String ending) throws IOException {
    long tensors = Scope.liveTensors();
    Path byRows = Files.createTempFile(results, "rows", "." + ending);
    Path inMemory = Files.createTempFile(results, "memory", "." + ending);
    boolean noAlpha = ending.equals("jpg") || ending.equals("bmp");
    Picture low = Images.read(input);
    assertThat(noAlpha && low.channels().hasAlpha()).isFalse();
    Picture high = upscaler.upscale(low);
    Images.write(high, inMemory, true);
    Upscaled upscaled = upscaler.upscale(input, byRows, true);
    assertThat(byRows).hasSameBinaryContentAs(inMemory);
    assertThat(upscaled.width()).isEqualTo(high.width());
    assertThat(upscaled.height()).isEqualTo(high.height());
    assertThat(upscaled.consistency()).isEqualTo(Consistency.of(low, high));
    assertThat(Scope.liveTensors()).isEqualTo(tensors);
    requireTidy();
    return upscaled;
  }

  private void requireTidy() throws IOException {
    try (var files = Files.list(results)) {
      assertThat(files.map(file -> file.getFileName().toString()).toList())
          .noneMatch(name -> name.startsWith("."));
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("esrgan-decode", "esrgan-encode");
  }

  @Test
  void aFileThatTurnsOutToBeDamagedEndsAllAndLeavesNothing() throws IOException {
    Path input = write("a.png", noise(400, 900, Channels.RGB, 8, 0));
    byte[] bytes = Files.readAllBytes(input);
    bytes[bytes.length * 3 / 4] ^= 1;
    Files.write(input, bytes);
    try (Upscaler upscaler = upscaler(3, PLENTY, UpscaleOptions.PLAIN)) {
      assertThatThrownBy(() -> upscaler.upscale(input, results.resolve("b.png"), false))
          .isInstanceOf(PictureException.class)
          .hasMessageStartingWith("cannot read " + input)
          .hasMessageContaining("damaged");
      assertThat(results).isEmptyDirectory();
      requireTidy();
      requireSame(upscaler, write("good.png", noise(9, 9, Channels.RGB, 8, 0)), "png");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false",
    "900, false, false",
    "3000, false, false",
    "900, true, false",
    "0, false, true",
    "900, true, true",
    "3000, false, true"
  })
  void aWriterThatFailsEndsAll(int failingRow, boolean alpha, boolean beside) throws IOException {
    Path input = write("a.png", noise(300, 800, alpha ? Channels.RGB_ALPHA : Channels.RGB, 8, 1));
    RowWriter full =
        new RowWriter() {
          private int rows;

          @Override
          public void write(Picture more) throws IOException {
            rows += more.height();
            if (rows > failingRow) {
              throw new IOException("no space left");
            }
          }

          @Override
          public void commit() {}

          @Override
          public void close() {}
        };
    try (Upscaler upscaler = upscaler(3, 8 << 20, UpscaleOptions.PLAIN);
        RowReader low = Images.openRows(input)) {
      if (beside) {
        upscaler.encodingBeside();
      }
      assertThatThrownBy(() -> upscaler.upscale(low, full, results, (done, total) -> {}))
          .isInstanceOf(IOException.class)
          .hasMessage("no space left");
      assertThat(results).isEmptyDirectory();
      requireTidy();
      requireSame(upscaler, write("good.png", noise(9, 9, Channels.RGB, 8, 0)), "png");
    }
  }

  @Test
  void aNetworkThatFailsEndsAll() throws IOException {
    Path input = write("a.png", noise(300, 400, Channels.RGB, 8, 0));
    Path output = Files.writeString(results.resolve("kept.png"), "old");
    try (Upscaler upscaler =
        Upscaler.of(network(3, Float.MAX_VALUE), settings(PLENTY), UpscaleOptions.PLAIN)) {
      assertThatThrownBy(() -> upscaler.upscale(input, output, true))
          .isInstanceOf(NotFiniteException.class);
      assertThat(output).hasContent("old");
      requireTidy();
    }
  }

  @Test
  void whoIsToldOfProgressMayEndAll() throws IOException {
    Path input = write("a.png", noise(300, 800, Channels.GRAY, 8, 0));
    try (Upscaler upscaler = upscaler(3, 8 << 20, UpscaleOptions.PLAIN);
        RowReader low = Images.openRows(input)) {
      assertThatThrownBy(
              () ->
                  upscaler.upscale(
                      low,
                      results.resolve("b.png"),
                      false,
                      (done, total) -> {
                        throw new IllegalStateException("enough at %d".formatted(done));
                      }))
          .hasMessageStartingWith("enough at");
      assertThat(results).isEmptyDirectory();
      requireTidy();
    }
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeTheWork() throws IOException {
    Path wide = write("wide.png", noise(17_000, 2, Channels.GRAY, 8, 0));
    try (Upscaler upscaler = upscaler(3, PLENTY, UpscaleOptions.PLAIN);
        RowReader low = Images.openRows(wide)) {
      assertThatThrownBy(
              () ->
                  upscaler.upscale(
                      low,
                      results.resolve("b.jpg"),
                      false,
                      (done, total) -> {
                        throw new IllegalStateException("it was begun");
                      }))
          .isInstanceOf(PictureException.class)
          .hasMessageContaining("a JPEG has at most 65500 pixels a side");
      assertThat(results).isEmptyDirectory();
    }
  }

  @Test
  void progressCountsUpToItsTotal() throws IOException {
    Path input = write("a.png", noise(90, 140, Channels.RGB_ALPHA, 8, 1));
    try (Upscaler upscaler = upscaler(1, 8 << 20, UpscaleOptions.PLAIN);
        RowReader low = Images.openRows(input)) {
      int[] last = new int[2];
      upscaler.upscale(
          low,
          results.resolve("b.png"),
          false,
          (done, total) -> {
            assertThat(done).isGreaterThan(last[0]).isLessThanOrEqualTo(total);
            last[0] = done;
            last[1] = total;
          });
      assertThat(last).containsExactly(4 * 140, 4 * 140);
    }
  }

  private Path write(String name, Picture picture) throws IOException {
    Path file = folder.resolve(name);
    Images.write(picture, file, true);
    return file;
  }

  /**
   * @param leastAlpha of 255; 255 is opaque everywhere
   */
  private static Picture noise(int width, int height, Channels channels, int bits, int leastAlpha) {
    Random random = new Random(31L * width + height);
    byte[] bytes = new byte[width * height * channels.count()];
    random.nextBytes(bytes);
    if (channels.hasAlpha()) {
      for (int i = channels.count() - 1; i < bytes.length; i += channels.count()) {
        bytes[i] = (byte) Math.max(leastAlpha, Math.min(255, random.nextInt(400) - 70));
      }
    }
    if (bits == 8) {
      return Picture.of8Bit(width, height, channels, bytes, Metadata.NONE);
    }
    short[] shorts = new short[bytes.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = (short) ((bytes[i] & 0xff) * 257);
    }
    return Picture.of16Bit(width, height, channels, shorts, Metadata.NONE);
  }

  private Upscaler upscaler(int channels, long memory, UpscaleOptions options) throws IOException {
    return Upscaler.of(network(channels, 0.05f), settings(memory), options);
  }

  private static Executor.Settings settings(long memory) {
    return new Executor.Settings(Device.CPU, Precision.FLOAT32, memory);
  }

  private GeneratorFile network(int channels, float size) throws IOException {
    Path file = folder.resolve("network %d %s.safetensors".formatted(channels, size));
    if (!Files.exists(file)) {
      Random random = new Random(11);
      Map<String, Weight> weights = new LinkedHashMap<>();
      RrdbConfig config = new RrdbConfig(channels, channels, 8, 4, 1, 4, 1, false);
      for (Parameter parameter : new RrdbNet(config).parameters()) {
        float[] values = new float[(int) parameter.count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian() * size;
        }
        weights.put(parameter.name(), Weight.of(values, parameter.shape()));
      }
      Weights.write(file, StateDict.of(weights, Map.of()));
    }
    return Weights.readGenerator(file);
  }
}
