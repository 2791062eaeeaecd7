package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RrdbLayoutTest {
  private static final RrdbConfig SMALL = new RrdbConfig(3, 3, 4, 2, 3, 4, 1, false);

  @Property(tries = 200)
  void allMeasuresAreFoundInTheShapes(
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 1, max = 9) int features,
      @ForAll @IntRange(min = 1, max = 9) int growth,
      @ForAll @IntRange(min = 1, max = 12) int blocks,
      @ForAll @IntRange(min = 0, max = 4) int doublings,
      @ForAll @IntRange(min = 0, max = 2) int folds,
      @ForAll boolean plus)
      throws IOException {
    int unshuffle = 1 << Math.min(folds, doublings);
    RrdbConfig config =
        new RrdbConfig(
            channels,
            channels,
            features,
            growth,
            blocks,
            (1 << doublings) / unshuffle,
            unshuffle,
            plus);
    assertThat(read(weights(config)).config()).isEqualTo(config);
  }

  @Test
  void thePaperHasAsManyWeightsAsItSays() {
    long numbers = 0;
    for (long[] shape : RrdbShapes.of(RrdbConfig.PAPER).values()) {
      numbers += Shapes.bytes(Dtype.I8, shape);
    }
    assertThat(numbers).isEqualTo(16_697_987);
    assertThat(RrdbShapes.of(RrdbConfig.PAPER)).hasSize(702);
  }

  @Test
  void metadataSurvives() throws IOException {
    StateDict dict = StateDict.of(weights(SMALL), Map.of("trained", "twice"));
    assertThat(read(dict).weights().metadata()).containsEntry("trained", "twice");
  }

  @Test
  void whatDoesNotFitIsShownAsATree() {
    Map<String, Weight> weights = weights(SMALL);
    weights.keySet().removeIf(name -> name.startsWith("body.1.") || name.startsWith("conv_hr"));
    weights.remove("body.2.rdb2.conv3.bias");
    weights.put("conv_last.weight", Weight.of(new float[12], 3, 4, 1, 1));
    weights.put("conv_body.bias", Weight.of(new long[4], 4));
    weights.put("extra.0.weight", Weight.of(new float[1], 1));
    weights.put("extra.1.weight", Weight.of(new float[1], 1));
    assertThatThrownBy(() -> read(weights))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "x: holds an RRDB generator in the new (BasicSR) layout, but its weights do not fit"
                + " together (33 missing, 2 unexpected, 2 of the wrong shape); it is damaged or of"
                + " a variant that is not read")
        .extracting(e -> ((WeightsException) e).tree())
        .isEqualTo(
            """
            missing (33)
              body
                1
                  rdb1 … rdb3
                    conv1 … conv5: weight, bias
                2.rdb2.conv3: bias
              conv_hr: weight, bias
            unexpected (2)
              extra
                0 … 1: weight
            wrong shape (2)
              conv_body.bias is I64 4, not 4
              conv_last.weight is F32 3x4x1x1, not 3x4x3x3
            """);
  }

  @Test
  void aTreeNeverFillsMoreThanAScreen() {
    Map<String, Weight> weights = weights(SMALL);
    for (int i = 0; i < 5000; i++) {
      weights.put("x%d.a%d.b%d".formatted(i % 70, i, i * 7), Weight.of(new float[1], 1));
    }
    assertThatThrownBy(() -> read(weights))
        .satisfies(e -> assertThat(((WeightsException) e).tree().lines().count()).isLessThan(100));
  }

  @Test
  void aTrunkThatEndsAtTheWrongNumberIsNotTakenForOne() {
    Map<String, Weight> old = new LinkedHashMap<>();
    weights(new RrdbConfig(3, 3, 4, 2, 1, 1, 1, false))
        .forEach(
            (name, weight) ->
                old.put(
                    name.replaceFirst("body\\.0\\.rdb(.)\\.(conv.)\\.", "model.1.sub.0.RDB$1.$2.0.")
                        .replace("conv_first", "model.0")
                        .replace("conv_body", "model.1.sub.7")
                        .replace("conv_hr", "model.2")
                        .replace("conv_last", "model.4"),
                    weight));
    assertThatThrownBy(() -> read(old))
        .satisfies(
            e ->
                assertThat(((WeightsException) e).tree())
                    .isEqualTo(
                        """
                        missing (2)
                          conv_body: weight, bias
                        unexpected (2)
                          model.1.sub.7: weight, bias
                        """));
  }

  @Test
  void aBlockNumberOutOfTheAirIsRefused() {
    Map<String, Weight> weights = weights(SMALL);
    weights.put("body.9999.rdb1.conv1.weight", Weight.of(new float[72], 2, 4, 3, 3));
    assertThatThrownBy(() -> read(weights))
        .hasMessage(
            "x: holds an RRDB generator whose shapes make no sense: 10000 blocks are not between 1"
                + " and 1000");
  }

  @Test
  void measuresAreChecked() {
    assertThatThrownBy(() -> new RrdbConfig(3, 3, 64, 0, 23, 4, 1, false))
        .hasMessage("0 growth channels are not between 1 and 4096");
    assertThatThrownBy(() -> new RrdbConfig(3, 3, 64, 32, 23, 3, 1, false))
        .hasMessage("a scale of 3 is not 1, 2, 4, 8 or 16");
    assertThatThrownBy(() -> new RrdbConfig(3, 3, 64, 32, 23, 4, 3, false))
        .hasMessage("an unshuffle factor of 3 is not 1, 2 or 4");
  }

  private static Map<String, Weight> weights(RrdbConfig config) {
    Map<String, Weight> weights = new LinkedHashMap<>();
    RrdbShapes.of(config)
        .forEach(
            (name, shape) ->
                weights.put(
                    name, Weight.of(new float[(int) Shapes.bytes(Dtype.I8, shape)], shape)));
    return weights;
  }

  private static GeneratorFile read(Map<String, Weight> weights) throws IOException {
    return read(StateDict.of(weights));
  }

  private static GeneratorFile read(StateDict dict) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(dict, out);
    return Weights.readGenerator(new Source("x", out.toByteArray()));
  }
}
