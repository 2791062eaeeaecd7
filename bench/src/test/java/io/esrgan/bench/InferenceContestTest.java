package io.esrgan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.tensor.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of inference, on a network that is run in no time. */
class InferenceContestTest {

  @Test
  void everyWayHasARowForEveryPicture() throws IOException {
    String report =
        new InferenceContest(options("inference", "--precision", "all", "--input", "16,8x24"))
            .report();
    for (String name :
        List.of(
            "bare NCHW float32",
            "bare channels-last float32",
            "bare channels-last bfloat16",
            "ONNX Runtime float32",
            "Executor float32",
            "Executor bfloat16")) {
      assertThat(report.split("\n\\| " + name + " \\| ", -1)).as(name).hasSize(3);
    }
    assertThat(report)
        .contains("A picture of 16x16 pixels", "A picture of 8x24 pixels")
        .contains("| a pixel's time to that of 16x16 |")
        .containsPattern(
            "Peak, in the same rounds: float32 [0-9]+ GFLOP/s \\(.*\\), bfloat16 [0-9]")
        .doesNotContain("left out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32", "bfloat16"})
  void onePrecisionCanBeAskedFor(String precision) throws IOException {
    String report =
        new InferenceContest(options("inference", "--precision", precision, "--input", "16"))
            .report();
    assertThat(report).contains("| bare NCHW float32 | ", "| Executor " + precision + " | ");
    assertThat(report.contains("ONNX Runtime")).isEqualTo(precision.equals("float32"));
  }

  @Test
  void oneContestantCanRunAlone() throws IOException {
    String report =
        new InferenceContest(
                options("inference", "--precision", "float32", "--only", "Exec", "--input", "16,8"))
            .report();
    assertThat(report)
        .containsPattern("\\| Executor float32 \\|.* % \\|  \\|  \\| [0-9.]+ \\|")
        .doesNotContain("| bare", "ONNX", "difference");
  }

  @Test
  void memoryIsThatOfOneProcessForEachContestant() throws IOException {
    String report =
        new MemoryContest(options("memory", "--precision", "float32", "--input", "16")).report();
    assertThat(report)
        .containsPattern(
            "\\| ONNX Runtime float32 \\| 16x16 \\| [0-9,]+ \\| [0-9,]+ \\| [0-9,]+ \\|")
        .containsPattern("\\| Executor float32 \\| 16x16 \\| [0-9,]+ \\| [0-9,]+ \\| [0-9,]+ \\|")
        .doesNotContain("ended with");
  }

  @Test
  void aPeakIsWhatWasReachedAtBest() {
    try (PointerScope scope = new PointerScope()) {
      Peaks peaks = new Peaks(Set.of(Precision.FLOAT32));
      peaks.measure();
      double share = peaks.share(1e9, Precision.FLOAT32);
      assertThat(share).isBetween(1e-6, 1.0); // no processor has less than 1 GFLOP/s
      peaks.measure();
      assertThat(peaks.share(1e9, Precision.FLOAT32)).isLessThanOrEqualTo(share);
    }
  }

  private static Options options(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--model", "8,4,1", "--rounds", "1", "--warm-up", "0"));
    return Options.parse(all);
  }
}
