package io.esrgan.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
  @ParameterizedTest
  @CsvSource({
    "512m, 536870912",
    "2g, 2147483648",
    "2G, 2147483648",
    "1.5g, 1610612736",
    "2GB, 2147483648",
    "2gib, 2147483648",
    "4096k, 4194304",
    "1048576, 1048576",
    "3t, 3298534883328"
  })
  void sizesAreReadAsPeopleWriteThem(String size, long bytes) {
    assertThat(Memory.parse(size)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "lots", "-1g", "2 apples", "100", "0g", "9999999t", "1e9"})
  void anythingElseIsRefusedWithAnExample(String size) {
    assertThatThrownBy(() -> Memory.parse(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + size + "\"")
        .hasMessageContaining("512m");
  }

  @Test
  void thereIsAlwaysSomeMemoryToPlanWith() {
    assertThat(Memory.defaultBudget()).isGreaterThanOrEqualTo(256L << 20);
  }
}
