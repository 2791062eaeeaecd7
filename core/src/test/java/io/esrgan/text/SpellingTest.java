package io.esrgan.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void distancesAreLevenshteins() {
    assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    assertThat(Spelling.distance("crop", "crop")).isZero();
  }

  @Property(tries = 200)
  void distancesAreSymmetricAndAtMostTheLongerLength(
      @ForAll @StringLength(max = 8) String from, @ForAll @StringLength(max = 8) String to) {
    assertThat(Spelling.distance(from, to))
        .isEqualTo(Spelling.distance(to, from))
        .isLessThanOrEqualTo(Math.max(from.length(), to.length()));
  }

  @Test
  void onlyANearWordIsSuggested() {
    assertThat(Spelling.nearest("cosin", List.of("multistep", "cosine"))).contains("cosine");
    assertThat(Spelling.nearest("linear", List.of("multistep", "cosine"))).isEmpty();
  }
}
