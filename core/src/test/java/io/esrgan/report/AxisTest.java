package io.esrgan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {
  @Test
  void ticksAreRoundNumbersWithin() {
    assertThat(new Axis(0, 1_000_000, false).ticks(5))
        .containsExactly(0.0, 2e5, 4e5, 6e5, 8e5, 1e6);
    assertThat(new Axis(0.01, 10, true).ticks(5))
        .startsWith(0.01)
        .contains(0.1, 1.0)
        .endsWith(10.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "-1e30, 1e30",
    "1e-320, 1e-320",
    "1, 1.0000000000000002",
    "-5e-324, 0"
  })
  void anyRangeHasAnAxis(double low, double high) {
    Axis axis = Axis.around(low, high);
    assertThat(axis.place(low)).isBetween(0.0, 1.0);
    assertThat(axis.place(high)).isBetween(0.0, 1.0);
    assertThat(axis.ticks(5)).isNotEmpty().hasSizeLessThan(8);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0002, 2e−4",
    "31.2489, 31.25",
    "-2.5, −2.5",
    "0, 0",
    "NaN, no number",
    "Infinity, ∞",
    "123456, 123500"
  })
  void numbersAreWrittenShort(double value, String written) {
    assertThat(Axis.written(value)).isEqualTo(written);
  }

  @Test
  void neighboursAlongAnAxisAreToldApart() {
    Axis narrow = Axis.around(30.2361, 30.2378);
    List<String> labels = narrow.ticks(4).stream().map(narrow::label).toList();
    assertThat(labels).hasSizeGreaterThan(1).doesNotHaveDuplicates().contains("30.237");
    Axis wide = Axis.around(0, 30);
    assertThat(wide.label(10)).isEqualTo("10");
  }
}
