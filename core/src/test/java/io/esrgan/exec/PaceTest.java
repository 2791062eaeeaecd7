package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Graph;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With a runner that computes nothing, but takes its time for every row. */
class PaceTest {
  private static final double SECONDS_FOR_A_PIXEL = 2e-6;

  /** Of 16 rows: 25 rows are seen in either direction, so that the fourth is the first full one. */
  private static final int STRIPS = 6;

  private final RrdbNet network = Passages.network(4, 4, 1, 4, false);
  private final Graph graph = Graph.record(network);
  private final List<List<Integer>> tried = new ArrayList<>(); // width, height, rows of a strip
  private final Sleeper sleeper = new Sleeper();

  private final class Sleeper implements Runner {
    private double slower = 1;
    private double preparing; // seconds

    @Override
    public Passage over(int width, int height, int stripRows) {
      sleep(preparing);
      tried.add(List.of(width, height, stripRows));
      return new Passage() {
        @Override
        public Optional<Tensor> advance(Tensor rows) {
          sleepFor(width * rows.size(2));
          return Optional.empty();
        }

        @Override
        public Optional<Tensor> rest() {
          return Optional.empty();
        }

        @Override
        public void close() {}
      };
    }

    private void sleepFor(long pixels) {
      sleep(slower * SECONDS_FOR_A_PIXEL * pixels);
    }

    private void sleep(double seconds) {
      long end = System.nanoTime() + Math.round(1e9 * seconds);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public int stripRows(int width, int height) {
      return 16;
    }

    @Override
    public int rowsWorked(int height, int stripRows) {
      return stripRows < height ? height + stripRows : height;
    }

    @Override
    public long bytes(int width, int height, int stripRows) {
      return (long) width * stripRows;
    }
  }

  private Plan plan(int width, int height, int stripRows) {
    List<Plan.Band> bands = List.of(new Plan.Band(0, width, 0, width));
    double pixels = (double) width * sleeper.rowsWorked(height, stripRows);
    return new Plan(
        width,
        height,
        stripRows,
        height,
        bands,
        1,
        graph.multiplicationsPerPixel() * pixels,
        true,
        false);
  }

  @Test
  void aWholePictureTakesWhatSquaresTake() {
    assertNear(new Pace(graph, sleeper).seconds(plan(300, 200, 200)), 300 * 200);
    assertThat(tried).allSatisfy(shape -> assertThat(shape.get(0)).isEqualTo(shape.get(2)));
  }

  @Test
  void stripsAreTriedAsWideAsThePictureAndOnceOnly() {
    Pace pace = new Pace(graph, sleeper);
    assertNear(pace.seconds(plan(600, 2000, 16)), 600 * (2000 + 16));
    assertThat(tried).endsWith(List.of(600, STRIPS * 16, 16));
    int trials = tried.size();
    pace.seconds(plan(600, 3000, 16));
    assertThat(tried).hasSize(trials);
    pace.seconds(plan(4, 30_000, 64));
    assertThat(tried.get(tried.size() - 1)).startsWith(4).endsWith(64);
  }

  @Test
  void trialsTakeASmallShareOfTheTimeThatIsAskedFor() {
    new Pace(graph, sleeper).seconds(plan(600, 300, 16));
    assertThat(tried).endsWith(List.of(256, STRIPS * 16, 16));
    assertThat(tried).allSatisfy(shape -> assertThat(shape.get(0)).isLessThanOrEqualTo(256));
    new Pace(graph, sleeper).seconds(plan(600, 50, 16));
    assertThat(tried.get(tried.size() - 1).get(2)).as("a square").isGreaterThan(16);
  }

  @Test
  void whatIsDoneBeforeTheFirstRowIsCountedOnce() {
    sleeper.preparing = 0.2;
    assertThat(new Pace(graph, sleeper).seconds(plan(300, 20, 20)))
        .isGreaterThan(0.2) // without it .012, and five times that where others run
        .isLessThan(0.7); // as a sum over all trials it is above .8
  }

  @Test
  void stripsThatTakeTooLongAreNotTried() {
    sleeper.slower = 60;
    new Pace(graph, sleeper).seconds(plan(32, 30_000, 1000));
    assertThat(tried).allSatisfy(shape -> assertThat(shape.get(2)).isLessThanOrEqualTo(128));
  }

  private static void assertNear(double seconds, long pixels) {
    assertThat(seconds / (SECONDS_FOR_A_PIXEL * pixels)).isBetween(0.9, 5.0); // others run too
  }
}
