package io.esrgan.train;

import io.esrgan.tensor.Device;
import io.esrgan.tensor.Gradients;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers that a step measures, by name, each the mean over the step's batches. They stay on their
 * device until all are read at once: reading one makes a GPU wait.
 */
final class Tally {
  private static final int MOST = 16;

  private final List<String> names = new ArrayList<>();
  private final Tensor sums; // (MOST), in the order of the names
  private final int batches;

  /** One that belongs to the scope that is open now. */
  Tally(Device device, int batches) {
    this.sums = Tensor.zeros(Precision.FLOAT32, device, MOST);
    this.batches = batches;
  }

  /** Adds a batch's value, a tensor with one element. */
  void add(String name, Tensor value) {
    if (!names.contains(name)) {
      names.add(name);
    }
    try (Scope scope = Scope.open();
        Gradients none = Gradients.off()) {
      sums.slice(0, names.indexOf(name), 1).plusInPlace(value.detach().reshape(1), 1);
    }
  }

  Map<String, Double> means() {
    float[] read = sums.toFloats();
    Map<String, Double> means = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      means.put(names.get(i), (double) read[i] / batches);
    }
    return means;
  }
}
