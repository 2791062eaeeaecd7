package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.report.Board.Cell;
import io.esrgan.report.Board.Line;
import io.esrgan.report.Board.Published;
import io.esrgan.report.Column.Better;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static Line line(String method, boolean ranked, double... values) {
    return new Line(
        method, ranked, Arrays.stream(values).mapToObj(value -> Cell.of(value, 2)).toList());
  }

  private static final Line ORIGINAL = line("original", false, 1.5, 90);
  private static final Line A = line("a", true, 30, 3);
  private static final Line B = line("b", true, 31, Double.NaN);
  private static final Line C = line("c", true, 29, 5);
  private static final Line D = line("d", true, 31, 4);
  private static final Line OTHERS = line("others'", true, 35, 1);

  private static Board board(Better better) {
    List<Published> published = List.of(new Published("somebody", List.of(OTHERS)));
    return new Board("PSNR", "", better, List.of(ORIGINAL, A, B, C, D), published);
  }

  @Test
  void theBestAndSecondBestOfWhatWasMeasuredAreMarked() {
    Board higher = board(Better.HIGHER);
    assertThat(List.of(ORIGINAL, A, B, C, D, OTHERS))
        .extracting(line -> higher.rank(line, 0))
        .containsExactly(0, 2, 1, 0, 1, 0);
    Board lower = board(Better.LOWER);
    assertThat(List.of(ORIGINAL, A, B, C, D, OTHERS))
        .extracting(line -> lower.rank(line, 1))
        .containsExactly(0, 1, 0, 0, 2, 0);
    assertThat(board(Better.NEITHER).rank(A, 0)).isZero();
  }

  @Test
  void theWorstOfTwoIsNotTheSecondBest() {
    Board board = new Board("PSNR", "", Better.HIGHER, List.of(A, C), List.of());
    assertThat(board.rank(A, 0)).isEqualTo(1);
    assertThat(board.rank(C, 0)).isZero();
  }

  @Test
  void barsReachFromTheLowestToTheHighestWithRoom() {
    Board board = board(Better.HIGHER);
    assertThat(board.place(OTHERS.cells().get(0), 0)).isEqualTo(1);
    assertThat(board.place(C.cells().get(0), 0)).isCloseTo(0.15 / 1.15, within(1e-12));
    assertThat(board.place(ORIGINAL.cells().get(0), 0)).isZero();
    assertThat(board.place(ORIGINAL.cells().get(1), 1)).isEqualTo(1);
    assertThat(board(Better.NEITHER).place(A.cells().get(0), 0))
        .isCloseTo(30 / 35.0, within(1e-12));
  }

  @Test
  void namesOfMethodsAreTextAndNothingElse() {
    Board board =
        new Board("PSNR", "", Better.HIGHER, List.of(line("<b>&\"x", true, 1)), List.of());
    ScorePage page =
        new ScorePage(
            "t", List.of(new ScorePage.TestSet("<i>", "")), List.of(board), List.of(), List.of());
    assertThat(new String(page.html(), StandardCharsets.UTF_8))
        .contains("&lt;b&gt;&amp;&quot;x", "&lt;i&gt;")
        .doesNotContain("<i>")
        .doesNotContain("<script", "http://", "https://");
  }
}
