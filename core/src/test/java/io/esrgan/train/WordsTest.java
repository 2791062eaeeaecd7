package io.esrgan.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void distancesAreLevenshteins() {
    assertThat(Words.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Words.distance("", "abc")).isEqualTo(3);
    assertThat(Words.distance("crop", "crop")).isZero();
  }

  @Property(tries = 200)
  void distancesAreSymmetricAndAtMostTheLongerLength(
      @ForAll @StringLength(max = 8) String from, @ForAll @StringLength(max = 8) String to) {
    assertThat(Words.distance(from, to))
        .isEqualTo(Words.distance(to, from))
        .isLessThanOrEqualTo(Math.max(from.length(), to.length()));
  }

  @Test
  void onlyANearWordIsSuggested() {
    assertThat(Words.nearest("cosin", List.of("multistep", "cosine"))).contains("cosine");
    assertThat(Words.nearest("linear", List.of("multistep", "cosine"))).isEmpty();
  }
}
