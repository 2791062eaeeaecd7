package io.esrgan;

import static org.assertj.core.api.Assertions.assertThat;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What PyTorch made of discriminators, feature networks, layers and losses: {@code
 * make_critics.py}.
 */
public record Answers(StateDict weights) {

  /** All of a file. */
  public static Answers of(String name) throws IOException {
    return new Answers(Weights.read(file(name + ".safetensors")));
  }

  /** One of the files that {@code make_critics.py} wrote. */
  public static Path file(String name) {
    return Fixtures.resource("/io/esrgan/critics/" + name);
  }

  /** Those whose names start so. */
  public Answers under(String prefix) {
    return new Answers(weights.under(prefix + "."));
  }

  /** One answer, as a tensor. */
  public Tensor tensor(String name) {
    return tensor(weights.get(name));
  }

  /** One answer, a part of it along the first dimension. */
  public Tensor tensor(String name, int index) {
    long[] shape = weights.get(name).shape();
    long[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    return tensor(name).slice(0, index, 1).reshape(inner);
  }

  /** One answer, as a tensor whose gradient goes into {@code gradient}. */
  public Tensor learned(String name, Tensor gradient) {
    return tensor(name).requireGradient(gradient);
  }

  /** Zeros of an answer's shape. */
  public Tensor zeros(String name) {
    return Tensor.zeros(Precision.FLOAT32, Device.CPU, weights.get(name).shape());
  }

  /** Holds numbers to an answer; the tolerance grows with answers above 1. */
  public void expect(String name, float[] actual, double tolerance) {
    float[] expected = weights.get(name).floats();
    double largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(Differences.largest(actual, expected)).as(name).isLessThan(tolerance * largest);
  }

  /** Holds a tensor to an answer, its shape too. */
  public void expect(String name, Tensor actual, double tolerance) {
    assertThat(actual.count()).as(name).isEqualTo(weights.get(name).size());
    expect(name, actual.toFloats(), tolerance);
  }

  private static Tensor tensor(Weight weight) {
    return Tensor.of(weight.floats(), weight.shape());
  }
}
