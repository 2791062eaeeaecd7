package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esrgan.report.Column.Better;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final Table TABLE =
      new Table(
          List.of(
              Column.text("method"),
              Column.number("n", "", 0),
              Column.number("PSNR-Y", "Y channel, border 4", 2),
              Column.number("SSIM-Y", "Y channel, border 4", 4)),
          List.of(
              List.of("bicubic", 5, 28.4315, 0.81125),
              List.of("the \"same\", again", 100, Double.POSITIVE_INFINITY, 1.0)),
          List.of("Set5 x4: low resolution from files of LRx4"));

  @Test
  void textIsAlignedAndSaysWhatTheNumbersMean() {
    assertThat(TABLE.text())
        .isEqualTo(
            """
            method               n  PSNR-Y  SSIM-Y
            bicubic              5   28.43  0.8113
            the "same", again  100     inf  1.0000

            PSNR-Y, SSIM-Y: Y channel, border 4
            Set5 x4: low resolution from files of LRx4
            """);
  }

  @Test
  void csvQuotesWhatNeedsItAndRoundsNothing() {
    assertThat(TABLE.csv())
        .isEqualTo(
            """
            method,n,"PSNR-Y [Y channel, border 4]","SSIM-Y [Y channel, border 4]"\r
            bicubic,5,28.4315,0.81125\r
            "the ""same"", again",100,inf,1.0\r
            """);
  }

  @Test
  void jsonKeepsNamesNumbersAndNotes() throws JsonProcessingException {
    JsonNode json = new ObjectMapper().readTree(TABLE.json());
    assertThat(json.at("/columns/2/detail").asText()).isEqualTo("Y channel, border 4");
    assertThat(json.at("/rows/0/PSNR-Y").asDouble()).isEqualTo(28.4315);
    assertThat(json.at("/rows/0/n").asInt()).isEqualTo(5);
    assertThat(json.at("/rows/1/PSNR-Y").asText()).isEqualTo("inf");
    assertThat(json.at("/notes/0").asText()).startsWith("Set5 x4");
  }

  @Test
  void rowsMustFitTheColumns() {
    List<Column> columns = List.of(Column.text("name"), Column.number("value", "", 1));
    assertThatThrownBy(() -> new Table(columns, List.of(List.of("a")), List.of()))
        .hasMessage("a row has 1 cells, the table 2 columns: [a]");
    assertThatThrownBy(() -> new Table(columns, List.of(List.of("a", "b")), List.of()))
        .hasMessage("'b' is no cell for column value");
  }

  @Test
  void markdownIsATableWithItsMeaningBelow() {
    assertThat(TABLE.markdown())
        .isEqualTo(
            """
            | method | n | PSNR-Y | SSIM-Y |
            | --- | ---: | ---: | ---: |
            | bicubic | 5 | 28.43 | 0.8113 |
            | the "same", again | 100 | inf | 1.0000 |

            - PSNR-Y, SSIM-Y: Y channel, border 4
            - Set5 x4: low resolution from files of LRx4
            """);
    Table table = new Table(List.of(Column.text("a|b")), List.of(List.of("c|d")), List.of());
    assertThat(table.markdown()).isEqualTo("| a\\|b |\n| --- |\n| c\\|d |\n");
  }

  @Test
  void whereThereIsNoNumberNoneIsTold() {
    List<Column> columns =
        List.of(
            Column.ranked("NIQE", "lower is better", 2, Better.LOWER), Column.number("n", "", 1));
    Table table = new Table(columns, List.of(List.of(5.0, Double.NaN)), List.of());
    assertThat(table.text()).startsWith("NIQE  n\n5.00  -\n");
    assertThat(table.csv()).endsWith("5.0,\r\n");
    assertThat(table.json()).contains("\"n\" : null").contains("\"better\" : \"lower\"");
    assertThat(Table.ofJson(table.json())).isEqualTo(table);
  }
}
