package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.metric.Channel;
import io.esrgan.metric.Protocol;
import io.esrgan.metric.Psnr;
import io.esrgan.report.Board;
import io.esrgan.report.Column;
import io.esrgan.report.ScorePage;
import io.esrgan.report.Table;
import io.esrgan.weights.EdsrConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Published numbers stand beside measured ones where both were taken alike, and nowhere else. */
class ScoreboardTest {
  private static final Protocol PAPER = Protocol.paper(4);
  private static final Object FILES = "x4 from files of LRx4";

  private static List<Object> row(String set, String method, int pictures, Object low) {
    return List.of(set, method, pictures, 28.43, low, "", "esrgan", 1.0, 2.0, Double.NaN);
  }

  private static ScorePage page(Protocol protocol, List<List<Object>> rows) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("set"));
    columns.add(Column.text("method"));
    columns.add(Column.number("pictures", "", 0));
    columns.add(new Measure(new Psnr(), protocol).column());
    columns.addAll(Evaluation.PROVENANCE);
    columns.addAll(Evaluation.COSTS);
    return Scoreboard.page(new Table(columns, rows, List.of()));
  }

  private static List<Board.Published> published(Protocol protocol, List<Object> row) {
    return page(protocol, List.of(row)).boards().get(0).published();
  }

  @Test
  void thePapersNumbersStandBesideThoseOfTheSameSetAndProtocol() {
    List<Board.Published> published = published(PAPER, row("Set5", "bicubic", 5, FILES));
    assertThat(published)
        .extracting(Board.Published::source)
        .startsWith("Wang et al. 2018 (ESRGAN), table 2");
    assertThat(published.get(0).lines())
        .extracting(line -> line.method() + " " + line.cells().get(0).text())
        .contains("bicubic 28.42", "RRDB (DF2K) 32.73");
    assertThat(published)
        .extracting(Board.Published::source)
        .contains("Sajjadi et al. 2017 (EnhanceNet), recalled and not verified");
  }

  @Test
  void digitsAreTheSources() {
    assertThat(published(PAPER, row("Set14", "bicubic", 14, FILES)).get(0).lines().get(0).cells())
        .extracting(Board.Cell::text)
        .containsExactly("26.00");
  }

  @Test
  void whatWasTakenOtherwiseStandsAlone() {
    List<Object> set5 = row("Set5", "bicubic", 5, FILES);
    assertThat(published(new Protocol(Channel.RGB, 4), set5)).isEmpty();
    assertThat(published(new Protocol(Channel.Y, 2), set5)).isEmpty();
    assertThat(published(PAPER, row("Set5", "bicubic", 4, FILES))).isEmpty();
    assertThat(published(PAPER, row("mine", "bicubic", 5, FILES))).isEmpty();
    assertThat(published(PAPER, row("Set5", "bicubic", 5, "x2 from files of LRx2"))).isEmpty();
  }

  @Test
  void numbersThatCannotBeComparedSayWhy() {
    ScorePage page = page(PAPER, List.of(row("Set5", "bicubic", 5, FILES)));
    assertThat(page.apart())
        .extracting(board -> board.name() + ": " + board.detail())
        .anyMatch(text -> text.startsWith("PI: ") && text.contains("cannot compute"))
        .anyMatch(text -> text.startsWith("SSIM: ") && text.contains("another program"))
        .anyMatch(text -> text.startsWith("LPIPS: "));
    assertThat(page.apart()).allMatch(board -> board.measured().isEmpty());
  }

  @Test
  void aBoardForEachMeasureAndForWhatAMegapixelTakes() {
    ScorePage page =
        page(
            PAPER,
            List.of(
                row("Set5", "bicubic", 5, FILES),
                row("Set5", "a", 5, FILES),
                row("Set14", "a", 14, FILES),
                row("Set5", "a", 5, FILES)));
    assertThat(page.boards()).extracting(Board::name).containsExactly("PSNR-Y", "s/MP");
    assertThat(page.sets())
        .extracting(ScorePage.TestSet::name)
        .containsExactly("Set5", "Set14", "Set5 (2)");
    assertThat(page.boards().get(0).measured())
        .extracting(line -> line.cells().stream().map(Board.Cell::text).toList())
        .containsExactly(List.of("28.4300", "-", "-"), List.of("28.4300", "28.4300", "28.4300"));
  }

  @Test
  void everyPublishedNumberIsOfAKnownSetAndHasASourceOrAReason() {
    for (String set : List.of("Set5", "Set14", "BSD100", "General100", "Urban100", "Manga109")) {
      assertThat(PublishedNumbers.all().of(set))
          .isNotEmpty()
          .allMatch(number -> !number.source().isEmpty() && !number.measure().isEmpty())
          .allMatch(number -> number.protocol().isEmpty() != number.apart().isEmpty());
    }
  }

  @Test
  void digitsAreThoseOfProgramsInEveryLocale() {
    List<List<Object>> rows = List.of(row("Set5", "bicubic", 5, FILES));
    byte[] page = page(PAPER, rows).html();
    String stamp = PAPER.stamp();
    String measures = new EdsrConfig(64, 16, 4, 1).measures();
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    for (String tag : List.of("ar-EG-u-nu-arab", "de-DE")) {
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(tag));
      try {
        assertThat(page(PAPER, rows).html()).isEqualTo(page);
        assertThat(Protocol.paper(4).stamp()).isEqualTo(stamp);
        assertThat(new EdsrConfig(64, 16, 4, 1).measures()).isEqualTo(measures);
      } finally {
        Locale.setDefault(Locale.Category.FORMAT, before);
      }
    }
  }
}
