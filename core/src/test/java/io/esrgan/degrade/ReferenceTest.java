package io.esrgan.degrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kernels, filters and resizes against NumPy's and PyTorch's ({@code reference.py}). */
class ReferenceTest {
  private static final float TOLERANCE = 1e-5f;
  private static StateDict reference;

  @BeforeAll
  static void read() throws IOException {
    reference = Weights.readNumpy(Fixtures.resource("/io/esrgan/degrade/reference.npz"));
  }

  @Test
  void kernelsAreThoseOfTheFormulas() {
    check("gaussian", Kernel.gaussian(9, 2.3, 0.7, 0.6).weights());
    check("generalised", Kernel.generalised(9, 2.3, 0.7, 0.6, 0.7).weights());
    check("plateau", Kernel.plateau(9, 2.3, 0.7, 0.6, 1.6).weights());
    check("sinc", Kernel.sinc(21, 2.9).weights());
  }

  @Test
  void filtersMirrorWhatIsBeyondTheEdge() {
    check("blurred", Kernel.gaussian(9, 2.3, 0.7, 0.6).filter(picture()).values());
  }

  @Test
  void targetsAreSharpenedWhereTheyDiffer() {
    check("sharpened", Sharpening.sharpen(picture()).values());
  }

  @ParameterizedTest
  @EnumSource
  void picturesAreResizedAsByPytorch(Resizing way) {
    String name = way.name().toLowerCase(Locale.ROOT);
    check(name + "_0.43", way.by(picture(), 0.43).values());
    check(name + "_1.3", way.by(picture(), 1.3).values());
    check(name + "_to", way.to(picture(), 17, 41).values());
  }

  private static Planes picture() {
    Weight picture = reference.get("picture");
    return new Planes(1, (int) picture.extent(1), (int) picture.extent(2), picture.floats());
  }

  private static void check(String name, float[] ours) {
    float[] theirs = reference.get(name).floats();
    assertThat(ours).as(name).hasSameSizeAs(theirs);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).as("%s[%d]", name, i).isCloseTo(theirs[i], within(TOLERANCE));
    }
  }
}
