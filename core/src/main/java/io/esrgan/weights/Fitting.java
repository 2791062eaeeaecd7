package io.esrgan.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes a network's measures from the weights of a file, and holds these against them. */
final class Fitting {
  private Fitting() {}

  /** The extent of an axis of a weight, {@code otherwise} if there is no such weight or axis. */
  static int extent(StateDict weights, String name, int axis, int otherwise) {
    return weights
        .find(name)
        .filter(weight -> weight.rank() > axis)
        .map(weight -> (int) Math.min(weight.extent(axis), Integer.MAX_VALUE))
        .orElse(otherwise);
  }

  /**
   * The weights in the order of the network, if each is there and has its shape, and no others are.
   *
   * @param what the file holds, to stand after "holds": {@code an RRDB generator}
   * @param named the file's weights, under the network's names
   * @param shapes what the network wants
   */
  static Map<String, Weight> fit(
      Source source, String what, Map<String, Weight> named, Map<String, long[]> shapes)
      throws WeightsException {
    Map<String, Weight> ordered = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    Map<String, String> unfit = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          Weight weight = named.get(name);
          if (weight == null) {
            missing.put(name, "");
          } else if (!weight.hasShape(shape) || !weight.dtype().floating()) {
            unfit.put(name, " is %s, not %s".formatted(weight, Weight.text(shape)));
          }
          ordered.put(name, weight);
        });
    Map<String, String> unexpected = new LinkedHashMap<>();
    for (String name : named.keySet()) {
      if (!ordered.containsKey(name)) {
        unexpected.put(name, "");
      }
    }
    if (missing.isEmpty() && unexpected.isEmpty() && unfit.isEmpty()) {
      return ordered;
    }
    List<String> counts = new ArrayList<>();
    count(counts, missing, "missing");
    count(counts, unexpected, "unexpected");
    count(counts, unfit, "of the wrong shape");
    throw new WeightsException(
        "%s: holds %s, but its weights do not fit together (%s); it is damaged or of a variant that is not read"
            .formatted(source.name(), what, String.join(", ", counts)),
        KeyTree.of("missing", missing)
            + KeyTree.of("unexpected", unexpected)
            + KeyTree.of("wrong shape", unfit));
  }

  private static void count(List<String> counts, Map<String, String> names, String what) {
    if (!names.isEmpty()) {
      counts.add(names.size() + " " + what);
    }
  }
}
