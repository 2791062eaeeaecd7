package io.esrgan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.image.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchLoaderTest {
  private static final BatchPlan PLAN = new BatchPlan(4, 24, 4, 3, Sampling.AREA, 0, true);
  private static final long PLENTY = 1L << 26;

  @TempDir Path folder;

  @Test
  void everyPairIsOnePlaceOfItsPictureAndOfTheShrunkPictureLaidAlike() throws IOException {
    List<Pair> whole = new ArrayList<>();
    for (int mark = 0; mark < 3; mark++) {
      Path file =
          MarkedPictures.write(folder.resolve(mark + ".png"), 61 + 30 * mark, 90 - 9 * mark, mark);
      whole.add(Pair.of(Images.read(file), 4, 3));
    }
    int[] laid = new int[8];
    boolean[] edges = new boolean[2];
    int size = PLAN.crop();
    try (BatchLoader batches = loader(PLAN, 0, 1, PLENTY)) {
      for (int step = 0; step < 200; step++) {
        Batch batch = batches.next();
        assertThat(batch.lowShape()).containsExactly(4, 3, 6, 6);
        assertThat(batch.highShape()).containsExactly(4, 3, 24, 24);
        for (int n = 0; n < batch.size(); n++) {
          int[] high = samples(batch.high(), n, size);
          int[] low = samples(batch.low(), n, size / 4);
          int plane = size * size;
          Pair pair = whole.get(high[2 * plane]);
          int x = IntStream.range(0, plane).map(i -> high[i]).min().orElseThrow();
          int y = IntStream.range(plane, 2 * plane).map(i -> high[i]).min().orElseThrow();
          assertThat(x % 4).isZero();
          assertThat(y % 4).isZero();
          int way = wayLaid(high, pair, x, y);
          assertThat(low).isEqualTo(lay(pair.low(), pair.lowWidth(), x / 4, y / 4, size / 4, way));
          laid[way]++;
          edges[0] |= x == 0 || y == 0;
          edges[1] |= x + size == pair.width() || y + size == pair.height();
        }
      }
    }
    assertThat(edges).containsExactly(true, true);
    for (int count : laid) {
      assertThat(count).isBetween(60, 140); // 100 expected, standard deviation 9.4
    }
  }

  @Test
  void givenLowResolutionIsCutAtTheSamePlaceAsTheHighAndLaidAlike() throws IOException {
    pairs();
    boolean[] corners = new boolean[2];
    try (BatchLoader batches = pairLoader(0, 1, PLENTY)) {
      for (int step = 0; step < 100; step++) {
        Batch batch = batches.next();
        for (int n = 0; n < batch.size(); n++) {
          int[] high = samples(batch.high(), n, 24);
          int[] low = samples(batch.low(), n, 6);
          int mark = high[2 * 24 * 24];
          assertThat(low[2 * 6 * 6]).isEqualTo(100 + mark);
          for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
              for (int c = 0; c < 2; c++) {
                int[] block = block(high, c, i, j);
                assertThat(low[(c * 6 + i) * 6 + j] * 4).isEqualTo(block[0]);
                assertThat(block[1]).isEqualTo(block[0] + 3);
              }
            }
          }
          corners[0] |= IntStream.range(0, 36).anyMatch(i -> low[i] == 0 && low[36 + i] == 0);
          corners[1] |= IntStream.range(0, 36).anyMatch(i -> low[i] == 11 && low[36 + i] == 11);
        }
      }
    }
    assertThat(corners).containsExactly(true, true);
  }

  @Test
  void aStepOfPairsIsTheSameReachedOneByOneOrDirectlyWithAnyThreadsAndMemory() throws IOException {
    pairs();
    List<Batch> walked = new ArrayList<>();
    try (BatchLoader batches = pairLoader(0, 1, PLENTY)) {
      for (int step = 0; step < 12; step++) {
        walked.add(batches.next());
      }
    }
    try (BatchLoader batches = pairLoader(7, 3, 0)) {
      for (int step = 7; step < 12; step++) {
        Batch batch = batches.next();
        assertThat(batch.low()).isEqualTo(walked.get(step).low());
        assertThat(batch.high()).isEqualTo(walked.get(step).high());
      }
    }
  }

  @Test
  void theCacheCountsWhatBothPicturesOfAPairTake() throws IOException {
    pairs();
    PictureFolder.Source source = pairFolder().sources().get(0);
    assertThat(Pair.read(source, 4, 3).bytes()).isEqualTo(3 * (48 * 48 + 12 * 12));
    assertThat(Pair.read(source, 4, 1).bytes()).isEqualTo(48 * 48 + 12 * 12);
  }

  @Test
  void aPairThatNoLongerFitsIsPassedOver() throws IOException {
    pairs();
    PictureFolder pictures = pairFolder();
    Files.delete(folder.resolve("LR/1x4.bmp"));
    MarkedPictures.write(folder.resolve("LR/1x4.bmp"), 13, 12, 101);
    try (BatchLoader batches = new BatchLoader(pictures, PLAN, 5, 0, 2, PLENTY)) {
      for (int step = 0; step < 20; step++) {
        float[] high = batches.next().high();
        for (int n = 0; n < PLAN.size(); n++) {
          assertThat(samples(high, n, 24)[2 * 24 * 24]).isNotEqualTo(1);
        }
      }
    }
  }

  @Test
  void aStepIsTheSameReachedOneByOneOrDirectlyWithAnyThreadsAndMemory() throws IOException {
    threePictures();
    List<Batch> walked = new ArrayList<>();
    try (BatchLoader batches = loader(PLAN, 0, 1, PLENTY)) {
      for (int step = 0; step < 12; step++) {
        walked.add(batches.next());
      }
    }
    try (BatchLoader batches = loader(PLAN, 7, 3, 0)) {
      for (int step = 7; step < 12; step++) {
        Batch batch = batches.next();
        assertThat(batch.step()).isEqualTo(step);
        assertThat(batch.low()).isEqualTo(walked.get(step).low());
        assertThat(batch.high()).isEqualTo(walked.get(step).high());
      }
    }
    assertThat(walked.get(0).high()).isNotEqualTo(walked.get(1).high());
  }

  @Test
  void withAPoolTooAStepIsTheSameWithAnyThreadsAndMemory() throws IOException {
    for (int mark = 0; mark < 12; mark++) {
      MarkedPictures.write(folder.resolve(mark + ".png"), 96, 100, mark);
    }
    BatchPlan plan = new BatchPlan(4, 24, 4, 3, Sampling.AREA, 3, true); // a new one every 4 steps
    List<Batch> walked = new ArrayList<>();
    try (BatchLoader batches = loader(plan, 0, 1, PLENTY)) {
      for (int step = 0; step < 40; step++) {
        walked.add(batches.next());
      }
    }
    try (BatchLoader batches = loader(plan, 17, 3, 0)) {
      for (int step = 17; step < 40; step++) {
        Batch batch = batches.next();
        assertThat(batch.low()).isEqualTo(walked.get(step).low());
        assertThat(batch.high()).isEqualTo(walked.get(step).high());
      }
    }
    for (int step = 0; step < 40; step += 4) {
      assertThat(marks(walked.subList(step, step + 4))).hasSizeBetween(1, 3);
    }
    assertThat(marks(walked)).hasSizeBetween(10, 12); // twelve places of the first round
  }

  @Test
  void aPoolOfBrokenPicturesIsPassedOver() throws IOException {
    threePictures();
    PictureFolder pictures = PictureFolder.open(List.of(folder), PLAN.crop());
    Files.delete(folder.resolve("0.png"));
    Files.delete(folder.resolve("1.png"));
    BatchPlan plan = new BatchPlan(4, 24, 4, 3, Sampling.AREA, 1, true);
    try (BatchLoader batches = new BatchLoader(pictures, plan, 5, 0, 2, PLENTY)) {
      List<Batch> some = new ArrayList<>();
      for (int step = 0; step < 20; step++) {
        some.add(batches.next());
      }
      assertThat(marks(some)).containsExactly(2);
    }
  }

  @Test
  void picturesAreDrawnInProportionToTheirAreaOrAllAlike() throws IOException {
    MarkedPictures.write(folder.resolve("0.png"), 30, 30, 0);
    MarkedPictures.write(folder.resolve("1.png"), 90, 90, 1);
    assertThat(shareOfTheLarge(Sampling.AREA)).isBetween(0.87, 0.93); // 0.9
    assertThat(shareOfTheLarge(Sampling.UNIFORM)).isBetween(0.45, 0.55);
  }

  @Test
  void withoutAugmentationCropsStandUpright() throws IOException {
    threePictures();
    BatchPlan plan = new BatchPlan(4, 24, 4, 3, Sampling.AREA, 0, false);
    try (BatchLoader batches = loader(plan, 0, 1, PLENTY)) {
      float[] high = batches.next().high();
      assertThat(high[1]).isGreaterThan(high[0]);
      assertThat(high[24 * 24 + 24]).isGreaterThan(high[24 * 24]);
    }
  }

  @Test
  void aGrayNetworkGetsOnePlane() throws IOException {
    MarkedPictures.writeGray(folder.resolve("gray.png"), 48, 48);
    BatchPlan plan = new BatchPlan(2, 24, 3, 1, Sampling.UNIFORM, 0, true);
    try (BatchLoader batches = loader(plan, 0, 1, PLENTY)) {
      Batch batch = batches.next();
      assertThat(batch.high()).hasSize(2 * 24 * 24);
      assertThat(batch.low()).hasSize(2 * 8 * 8);
    }
  }

  @Test
  void aPictureThatBreaksDuringTrainingIsPassedOver() throws IOException {
    threePictures();
    PictureFolder pictures = PictureFolder.open(List.of(folder), PLAN.crop());
    Files.writeString(folder.resolve("1.png"), "overwritten");
    try (BatchLoader batches = new BatchLoader(pictures, PLAN, 5, 0, 2, PLENTY)) {
      for (int step = 0; step < 20; step++) {
        float[] high = batches.next().high();
        for (int n = 0; n < PLAN.size(); n++) {
          assertThat(samples(high, n, 24)[2 * 24 * 24]).isNotEqualTo(1);
        }
      }
    }
  }

  @Test
  void whenEveryPictureBreaksNextSaysSo() throws IOException {
    threePictures();
    PictureFolder pictures = PictureFolder.open(List.of(folder), PLAN.crop());
    for (int i = 0; i < 3; i++) {
      Files.delete(folder.resolve(i + ".png"));
    }
    try (BatchLoader batches = new BatchLoader(pictures, PLAN, 5, 0)) {
      assertThatThrownBy(batches::next)
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot prepare a batch: none of the 3 training pictures can be read any more");
    }
  }

  @Test
  void closingStopsTheThreadsAndNextRefuses() throws Exception {
    threePictures();
    BatchLoader batches = loader(PLAN, 0, 2, PLENTY);
    batches.next();
    batches.close();
    assertThatThrownBy(batches::next).isInstanceOf(IllegalStateException.class);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("esrgan-batches") && thread.isAlive());
  }

  private void threePictures() throws IOException {
    for (int mark = 0; mark < 3; mark++) {
      MarkedPictures.write(folder.resolve(mark + ".png"), 48 + 10 * mark, 50, mark);
    }
  }

  /** Three pairs; the low resolution, tagged with its own places, is of another format. */
  private void pairs() throws IOException {
    for (int mark = 0; mark < 3; mark++) {
      MarkedPictures.write(folder.resolve("HR/" + mark + ".png"), 48 + mark, 51 - mark, mark);
      MarkedPictures.write(folder.resolve("LR/" + mark + "x4.bmp"), 12, 12, 100 + mark);
    }
  }

  private PictureFolder pairFolder() throws IOException {
    return PictureFolder.openPairs(
        List.of(folder.resolve("HR")), List.of(folder.resolve("LR")), 4, PLAN.crop());
  }

  private BatchLoader pairLoader(long firstStep, int threads, long cache) throws IOException {
    return new BatchLoader(pairFolder(), PLAN, 5, firstStep, threads, cache);
  }

  /** Least and greatest of a plane's block of 4 x 4 that lies under a low-resolution pixel. */
  private static int[] block(int[] high, int plane, int i, int j) {
    int[] values =
        IntStream.range(0, 16)
            .map(k -> high[(plane * 24 + 4 * i + k / 4) * 24 + 4 * j + k % 4])
            .sorted()
            .toArray();
    return new int[] {values[0], values[15]};
  }

  private BatchLoader loader(BatchPlan plan, long firstStep, int threads, long cache)
      throws IOException {
    PictureFolder pictures = PictureFolder.open(List.of(folder), plan.crop());
    return new BatchLoader(pictures, plan, 5, firstStep, threads, cache);
  }

  private double shareOfTheLarge(Sampling sampling) throws IOException {
    BatchPlan plan = new BatchPlan(100, 4, 4, 3, sampling, 0, true);
    int large = 0;
    try (BatchLoader batches = loader(plan, 0, 1, PLENTY)) {
      for (int step = 0; step < 10; step++) {
        float[] high = batches.next().high();
        for (int n = 0; n < 100; n++) {
          large += samples(high, n, 4)[2 * 16];
        }
      }
    }
    return large / 1000.0;
  }

  /** One crop of a batch as the 8-bit samples it was made of, plane by plane. */
  private static int[] samples(float[] values, int n, int size) {
    int length = 3 * size * size;
    return IntStream.range(n * length, (n + 1) * length)
        .map(i -> Math.round(values[i] * 255))
        .toArray();
  }

  /** Which pictures the crops of batches are of. */
  private static Set<Integer> marks(List<Batch> batches) {
    Set<Integer> marks = new TreeSet<>();
    for (Batch batch : batches) {
      for (int n = 0; n < batch.size(); n++) {
        marks.add(
            samples(batch.high(), n, batch.highSize())[2 * batch.highSize() * batch.highSize()]);
      }
    }
    return marks;
  }

  /** Which of the eight ways, and that it is exactly one. */
  private static int wayLaid(int[] high, Pair pair, int x, int y) {
    int[] ways =
        IntStream.range(0, 8)
            .filter(
                way -> Arrays.equals(high, lay(pair.high(), pair.width(), x, y, PLAN.crop(), way)))
            .toArray();
    assertThat(ways).hasSize(1);
    return ways[0];
  }

  /** A region laid in one of the eight ways, pixel by pixel. */
  private static int[] lay(byte[] picture, int width, int x, int y, int size, int way) {
    int[] out = new int[3 * size * size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        int row = (way & 1) == 0 ? i : j;
        int column = (way & 1) == 0 ? j : i;
        int fromX = x + ((way & 2) == 0 ? column : size - 1 - column);
        int fromY = y + ((way & 4) == 0 ? row : size - 1 - row);
        for (int c = 0; c < 3; c++) {
          out[(c * size + i) * size + j] = picture[(fromY * width + fromX) * 3 + c] & 0xff;
        }
      }
    }
    return out;
  }
}
