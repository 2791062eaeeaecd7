package io.esrgan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference implementation's answers, float32, height x width x channel. */
class ImresizeFixtureTest {
  private static final Pattern NAME = Pattern.compile("(up|down)(\\d+)[^.]*\\.input");

  @Test
  void resizingAgreesWithTheReference() throws IOException {
    StateDict fixture = Weights.read(Fixtures.fixture("imresize.safetensors"));
    List<String> inputs = fixture.names().stream().filter(n -> n.endsWith(".input")).toList();
    assertThat(inputs).isNotEmpty();
    for (String name : inputs) {
      Matcher parts = NAME.matcher(name);
      assertThat(parts.matches()).as(name).isTrue();
      double factor = Integer.parseInt(parts.group(2));
      double scale = parts.group(1).equals("up") ? factor : 1 / factor;
      check(fixture.get(name), fixture.get(name.replace(".input", ".output")), scale, name);
    }
  }

  private static void check(Weight input, Weight output, double scale, String name) {
    for (int channel = 0; channel < input.extent(2); channel++) {
      Plane expected = plane(output, channel);
      Plane actual = Bicubic.resize(plane(input, channel), scale);
      assertThat(actual.width()).as(name).isEqualTo(expected.width());
      assertThat(actual.height()).as(name).isEqualTo(expected.height());
      for (int i = 0; i < expected.values().length; i++) {
        assertThat(actual.values()[i])
            .as("%s, channel %d, value %d", name, channel, i)
            .isCloseTo(expected.values()[i], within(1e-6));
      }
    }
  }

  private static Plane plane(Weight weight, int channel) {
    int height = (int) weight.extent(0);
    int width = (int) weight.extent(1);
    int channels = (int) weight.extent(2);
    float[] all = weight.floats();
    double[] values = new double[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[i * channels + channel];
    }
    return new Plane(width, height, values);
  }
}
