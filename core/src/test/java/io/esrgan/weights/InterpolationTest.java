package io.esrgan.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.esrgan.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterpolationTest {
  private static final RrdbConfig SMALL = new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false);

  @TempDir Path folder;

  private static Map<String, Weight> random(RrdbConfig config, long seed) {
    Random random = new Random(seed);
    Map<String, Weight> weights = new LinkedHashMap<>();
    RrdbShapes.of(config)
        .forEach(
            (name, shape) -> {
              int size = 1;
              for (long extent : shape) {
                size *= (int) extent;
              }
              float[] values = new float[size];
              for (int i = 0; i < size; i++) {
                values[i] = (float) random.nextGaussian() / 8;
              }
              weights.put(name, Weight.of(values, shape));
            });
    return weights;
  }

  private static Interpolation.End end(
      String name, RrdbConfig config, Map<String, Weight> weights, Map<String, String> metadata) {
    return new Interpolation.End(
        name,
        "hash of " + name,
        new GeneratorFile(
            config,
            StateDict.of(weights, metadata),
            RrdbLayout.NEW,
            Container.SAFETENSORS,
            "",
            Dtype.F32));
  }

  private static Interpolation.End end(long seed) {
    return end("end " + seed, SMALL, random(SMALL, seed), Map.of());
  }

  private static float[] values(GeneratorFile file, String name) {
    return file.weights().get(name).floats();
  }

  @Property(tries = 20)
  void theEndsAreTheModelsThemselves(@ForAll long seed) throws WeightsException {
    Interpolation.End a = end(seed);
    Interpolation.End b = end(seed + 1);
    Interpolation between = Interpolation.between(a, b);
    assertThat(between.at(0).weights().weights()).isEqualTo(a.generator().weights().weights());
    assertThat(between.at(1).weights().weights()).isEqualTo(b.generator().weights().weights());
  }

  @Property(tries = 20)
  void everyNumberIsTheWeightedMean(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double alpha)
      throws WeightsException {
    Interpolation.End a = end(seed);
    Interpolation.End b = end(seed + 1);
    GeneratorFile mixed = Interpolation.between(a, b).at(alpha);
    for (String name : mixed.weights().names()) {
      float[] from = values(a.generator(), name);
      float[] to = values(b.generator(), name);
      float[] got = values(mixed, name);
      for (int i = 0; i < got.length; i++) {
        double exact = from[i] + alpha * ((double) to[i] - from[i]);
        assertThat((double) got[i]).isCloseTo(exact, within(1e-7));
      }
    }
  }

  @Property(tries = 20)
  void goingBackwardsMeetsTheSameModels(
      @ForAll long seed, @ForAll @DoubleRange(min = 0, max = 1) double alpha)
      throws WeightsException {
    GeneratorFile there = Interpolation.between(end(seed), end(seed + 1)).at(alpha);
    GeneratorFile back = Interpolation.between(end(seed + 1), end(seed)).at(1 - alpha);
    for (String name : there.weights().names()) {
      assertThat(values(there, name)).containsExactly(values(back, name), within(1e-7f));
    }
  }

  @Test
  void theOrderOfWeightsAndTheirNamesInTheFileDoNotMatter() throws Exception {
    Map<String, Weight> weights = random(SMALL, 1);
    List<String> names = new ArrayList<>(weights.keySet());
    Collections.reverse(names);
    Map<String, Weight> reversed = new LinkedHashMap<>();
    names.forEach(name -> reversed.put("module." + name, weights.get(name)));
    Path file = folder.resolve("reversed.safetensors");
    Weights.write(file, StateDict.of(reversed));
    Interpolation.End a = Interpolation.End.read(file);
    assertThat(Interpolation.between(a, end(2)).at(0.25).weights().weights())
        .isEqualTo(Interpolation.between(end(1), end(2)).at(0.25).weights().weights());
    assertThat(a.sha256()).isEqualTo(Weights.sha256(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rrdb-x4-old.legacy.pth", "rrdb-x4-mid.zip.pth"})
  void filesOfAllLayoutsAndContainersCanBeEnds(String fixture) throws Exception {
    Path old = Fixtures.fixture(fixture);
    StateDict weights = Weights.readGenerator(old).weights();
    Path renamed = folder.resolve("new.safetensors");
    Weights.write(renamed, weights);
    Interpolation between =
        Interpolation.between(Interpolation.End.read(old), Interpolation.End.read(renamed));
    assertThat(between.at(0.5).weights().weights()).isEqualTo(weights.in(Dtype.F32).weights());
  }

  @Test
  void theMetadataTellWhatItWasMadeOf() throws WeightsException {
    Interpolation between =
        Interpolation.between(
            end("runs/psnr.pth", SMALL, random(SMALL, 1), Map.of("licence", "X", "name", "a")),
            end("gan.pth", SMALL, random(SMALL, 2), Map.of("licence", "X", "name", "b")));
    assertThat(between.at(0.8).weights().metadata())
        .containsOnly(
            Map.entry("licence", "X"),
            Map.entry("interpolation.alpha", "0.8"),
            Map.entry("interpolation.a", "psnr.pth"),
            Map.entry("interpolation.a.sha256", "hash of runs/psnr.pth"),
            Map.entry("interpolation.b", "gan.pth"),
            Map.entry("interpolation.b.sha256", "hash of gan.pth"));
  }

  @Test
  void whatDiffersInShapeIsSaid() {
    RrdbConfig other = new RrdbConfig(3, 3, 8, 6, 2, 4, 1, false);
    assertThatThrownBy(
            () -> Interpolation.between(end(1), end("b.pth", other, random(other, 1), Map.of())))
        .isInstanceOf(WeightsException.class)
        .hasMessage(
            "end 1 and b.pth cannot be interpolated, for they differ in growth channels (4 and 6),"
                + " blocks (1 and 2); give two models of the same shape, one of them fine-tuned"
                + " from the other");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void numbersThatAreNoneAreRefused(float value) {
    Map<String, Weight> broken = random(SMALL, 2);
    broken.put("conv_last.bias", Weight.of(new float[] {0, value, 0}, 3));
    assertThatThrownBy(() -> Interpolation.between(end(1), end("b.pth", SMALL, broken, Map.of())))
        .isInstanceOf(WeightsException.class)
        .hasMessageStartingWith("b.pth: conv_last.bias ");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void thereIsNothingOutsideTheEnds(double alpha) throws WeightsException {
    Interpolation between = Interpolation.between(end(1), end(2));
    assertThatThrownBy(() -> between.at(alpha)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void modelsOfDifferentDescentAreTold() throws WeightsException {
    assertThat(Interpolation.between(end(1), end(2)).similarity()).isBetween(-0.15, 0.15);
    assertThat(Interpolation.between(end(1), end(2)).related()).isFalse();
  }

  @Test
  void aFineTunedModelIsARelative() throws WeightsException {
    Map<String, Weight> tuned = new LinkedHashMap<>();
    Map<String, Weight> drift = random(SMALL, 9);
    random(SMALL, 1)
        .forEach(
            (name, weight) -> {
              float[] values = weight.floats();
              float[] moved = drift.get(name).floats();
              for (int i = 0; i < values.length; i++) {
                values[i] += 0.5f * moved[i];
              }
              tuned.put(name, Weight.of(values, weight.shape()));
            });
    Interpolation between = Interpolation.between(end(1), end("tuned", SMALL, tuned, Map.of()));
    assertThat(between.similarity()).isBetween(0.85, 0.95);
    assertThat(between.related()).isTrue();
  }
}
