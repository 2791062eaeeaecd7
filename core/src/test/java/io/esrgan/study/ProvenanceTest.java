package io.esrgan.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esrgan.Fixtures;
import io.esrgan.data.Dataset;
import io.esrgan.data.DatasetTest;
import io.esrgan.image.Bicubic;
import io.esrgan.image.Images;
import io.esrgan.metric.LowPsnr;
import io.esrgan.metric.Metric;
import io.esrgan.metric.Niqe;
import io.esrgan.metric.Psnr;
import io.esrgan.metric.Rmse;
import io.esrgan.report.Table;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers say how they were taken, and those that were not taken alike do not meet. */
class ProvenanceTest {
  @TempDir Path folder;
  private Dataset set;

  @BeforeEach
  void makeSet() throws IOException {
    Images.write(DatasetTest.noisy(24, 24), folder.resolve("a.png"), false);
    set = Dataset.open(folder, 2);
  }

  private static Evaluation of(Metric... metrics) {
    return new Evaluation(2, Measure.of(List.of(metrics), 2));
  }

  private List<Result> bicubic(Evaluation evaluation) throws IOException {
    return evaluation.run(List.of(Method.bicubic(2)), List.of(set), result -> {});
  }

  @Test
  void csvAndJsonTellTheStampAndTheTextIsSpared() throws IOException {
    Method named = Method.of("named", "0123abcd", low -> Bicubic.enlarge(low, 2));
    Evaluation evaluation = of(new Psnr(), new Rmse(), new LowPsnr());
    Table table =
        evaluation.table(evaluation.run(List.of(named), List.of(set), r -> {}), List.of(set));
    JsonNode json = new ObjectMapper().readTree(table.json());
    JsonNode row = json.get("rows").get(0);
    assertThat(row.get("low resolution").asText()).isEqualTo("x2 from " + set.lowSource());
    assertThat(row.get("weights").asText()).isEqualTo("0123abcd");
    assertThat(row.get("program").asText()).startsWith("esrgan ");
    assertThat(row.has("LR-PSNR")).isTrue();
    assertThat(table.csv())
        .contains("\"RMSE-Y [Y channel, border 2, 8-bit rounding, lower is better]\"", "0123abcd");
    assertThat(table.text())
        .containsPattern("PSNR-Y +RMSE-Y +PSNR-RGB +RMSE-RGB +LR-PSNR +seconds +s/MP +MB/MP\n")
        .contains("LR-PSNR: RGB, border 0, 8-bit rounding")
        .doesNotContain("0123abcd");
  }

  @Test
  void aMetricThatDependsOnFilesIsStampedWithTheirSums() throws IOException {
    Path file = Fixtures.resource("/io/esrgan/metric/niqe-samples.npz");
    Measure measure = Measure.first(Niqe.read(file), 4);
    assertThat(measure.stamp())
        .isEqualTo("NIQE: Y channel, border 4, 8-bit rounding, SHA-256 %s", Weights.sha256(file));
    assertThat(measure.detail()).contains("lower is better", Weights.sha256(file));
  }

  @Test
  void resultsOfOtherMeasuresDoNotStandInOneTable() throws IOException {
    Evaluation one = of(new Psnr());
    List<Result> results = List.of(bicubic(one).get(0), bicubic(of(new Rmse())).get(0));
    assertThatThrownBy(() -> one.table(results, List.of(set)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("were not measured alike on " + set.name())
        .hasMessageContaining("PSNR-Y: Y channel, border 2")
        .hasMessageContaining("RMSE-Y: Y channel, border 2");
  }

  @Test
  void resultsOfOtherBordersResizersOrProgramsDoNotStandInOneTable() throws IOException {
    Evaluation evaluation = of(new Psnr());
    Result result = bicubic(evaluation).get(0);
    Provenance from = result.provenance();
    List<Measure> wider = Measure.of(List.of(new Psnr()), 4);
    List<Result> others =
        List.of(
            with(result, from, wider),
            with(result, new Provenance("files", "", from.program()), result.measures()),
            with(result, new Provenance(from.low(), "", "esrgan 0.0.1"), result.measures()));
    for (Result other : others) {
      assertThatThrownBy(() -> evaluation.table(List.of(result, other), List.of(set)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot stand in one table");
    }
    Result sibling =
        with(result, new Provenance(from.low(), "0123", from.program()), result.measures());
    assertThatCode(() -> evaluation.table(List.of(result, sibling), List.of(set)))
        .doesNotThrowAnyException();
  }

  private static Result with(Result result, Provenance provenance, List<Measure> measures) {
    return new Result(result.method(), result.set(), provenance, measures, result.scores());
  }
}
