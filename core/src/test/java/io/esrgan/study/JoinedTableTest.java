package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.esrgan.data.Dataset;
import io.esrgan.data.DatasetTest;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Rmse;
import io.esrgan.report.Column;
import io.esrgan.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedTableTest {
  @TempDir Path folder;
  private Path set;

  @BeforeEach
  void makeSet() throws IOException {
    set = Files.createDirectories(folder.resolve("Set1"));
    Files.createDirectories(set.resolve("HR"));
    Images.write(DatasetTest.noisy(24, 24), set.resolve("HR/a.png"), false);
  }

  private Table table(List<Measure> measures, Method... more) throws IOException {
    Evaluation evaluation = new Evaluation(2, measures);
    List<Dataset> sets = List.of(Dataset.open(set, 2));
    List<Method> methods = new ArrayList<>(List.of(Method.bicubic(2)));
    methods.addAll(List.of(more));
    return evaluation.table(evaluation.run(methods, sets, result -> {}), sets);
  }

  private static List<Measure> psnr() {
    return Measure.of(List.of(new Psnr()), 2);
  }

  private static Method model(String name, String weights) {
    return Method.of(name, weights, low -> Bicubic.enlarge(low, 2));
  }

  private static Table joined(Table... tables) {
    Map<String, Table> named = new LinkedHashMap<>();
    for (Table table : tables) {
      named.put(named.size() + ".json", Table.ofJson(table.json()));
    }
    return JoinedTable.of(named);
  }

  @Test
  void rowsOfEqualStampsStandTogetherAndThoseInBothOnce() throws IOException {
    Table one = table(psnr(), model("one", "01"));
    Table two = table(psnr(), model("two", "02"));
    Table joined = joined(one, two);
    assertThat(joined.rows())
        .extracting(row -> row.get(1))
        .containsExactly("bicubic", "one", "two");
    assertThat(joined.columns()).isEqualTo(one.columns());
    assertThat(joined.notes()).isEqualTo(one.notes());
  }

  @Test
  void otherBordersMetricsAndInputsAreRefused() throws IOException {
    Table one = table(psnr());
    refuses("PSNR-Y: Y channel, border 2", one, table(Measure.of(List.of(new Psnr()), 4)));
    refuses("RMSE-Y", one, table(Measure.of(List.of(new Psnr(), new Rmse()), 2)));
    Files.createDirectories(set.resolve("LRx2"));
    Images.write(DatasetTest.noisy(12, 12), set.resolve("LRx2/a.png"), false);
    refuses("low resolution of Set1 x2 from files of LRx2", one, table(psnr()));
  }

  private static void refuses(String difference, Table one, Table two) {
    assertThatThrownBy(() -> joined(one, two))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.json and 1.json were not measured alike")
        .hasMessageContaining(difference);
  }

  @Test
  void twoResultsOfOneMethodAreRefused() throws IOException {
    Table one = table(psnr(), model("model", "01"));
    Table two = table(psnr(), model("model", "02"));
    assertThatThrownBy(() -> joined(one, two))
        .hasMessage(
            "0.json and 1.json have different results of model on Set1; leave one of them out");
  }

  @Test
  void otherTablesAreRefused() {
    Table other = new Table(List.of(Column.text("set")), List.of(), List.of());
    assertThatThrownBy(() -> joined(other))
        .hasMessageContaining("0.json: is no table of esrgan eval on test sets");
    for (String text : List.of("", "{", "[]", "{\"columns\": 1}")) {
      assertThatThrownBy(() -> Table.ofJson(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void timesOfTwoMachinesDoNotMeet() throws IOException {
    Table one = table(psnr(), model("one", "01"));
    Table two = table(psnr(), model("two", "02"));
    List<Column> elsewhere =
        two.columns().stream()
            .map(
                column ->
                    column.name().equals("s/MP")
                        ? Column.number("s/MP", column.detail() + " elsewhere", 2)
                        : column)
            .toList();
    Table joined = joined(one, new Table(elsewhere, two.rows(), two.notes()));
    assertThat(joined.columns())
        .extracting(Column::name)
        .contains("PSNR-Y", "program")
        .doesNotContain("seconds", "s/MP", "MB/MP");
    assertThat(joined.rows()).hasSize(3);
    assertThat(joined.notes()).anyMatch(note -> note.contains("not all of one machine"));
  }
}
