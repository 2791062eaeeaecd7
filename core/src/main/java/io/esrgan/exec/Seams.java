package io.esrgan.exec;

import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Holds an approximate result against the exact one where they differ most: some columns and rows
 * around edges between bands, computed from all that the network sees of them, and from what the
 * bands see.
 *
 * @param plan the approximate one
 * @param width of the picture
 * @param height of the picture
 * @param reach how far the network sees, a multiple of {@code multiple}
 * @param multiple what the sizes of the network's input are multiples of; divides 64
 * @param scale the network's
 * @param network gives the exact result for what it is given
 */
record Seams(
    Plan plan,
    int width,
    int height,
    int reach,
    int multiple,
    int scale,
    UnaryOperator<Tensor> network) {
  private static final int EDGES = 2;
  private static final int COLUMNS = 64; // on each side of an edge
  private static final int ROWS = 64;

  /** The largest difference found between two values held to [0, 1]. */
  double largest(Crops picture) throws IOException {
    int edges = plan.bands().size() - 1;
    int some = Math.min(EDGES, edges);
    double largest = 0;
    for (int i = 0; i < some; i++) {
      int edge = edges * (2 * i + 1) / (2 * some);
      largest =
          Math.max(largest, around(plan.bands().get(edge), plan.bands().get(edge + 1), picture));
    }
    return largest;
  }

  private double around(Plan.Band left, Plan.Band right, Crops picture) throws IOException {
    int edge = right.x();
    int from = Math.max(edge - COLUMNS, left.x());
    int to = Math.min(Math.min(edge + COLUMNS, right.x() + right.width()), width);
    int top = Math.max(0, (height - ROWS) / 2) / multiple * multiple;
    int bottom = Math.min(height, top + ROWS);
    int seenFrom = Math.max(0, from - reach);
    int seenTo = Math.min(width, to + reach);
    int seenTop = Math.max(0, top - reach);
    int seenBottom = Math.min(height, bottom + reach);
    try (Scope scope = Scope.open()) {
      Tensor low = picture.of(seenFrom, seenTop, seenTo - seenFrom, seenBottom - seenTop);
      Tensor exact = rows(network.apply(low), top - seenTop, bottom - top);
      double largest = 0;
      for (Plan.Band band : new Plan.Band[] {left, right}) {
        int bandFrom = Math.max(seenFrom, band.seenX());
        int bandTo = Math.min(seenTo, band.seenX() + band.seenWidth());
        int keptFrom = band.equals(left) ? from : edge;
        int kept = band.equals(left) ? edge - from : to - edge;
        Tensor seen = low.slice(3, bandFrom - seenFrom, bandTo - bandFrom);
        Tensor approximate = rows(network.apply(seen), top - seenTop, bottom - top);
        largest =
            Math.max(
                largest,
                difference(
                    columns(exact, keptFrom - seenFrom, kept),
                    columns(approximate, keptFrom - bandFrom, kept)));
      }
      return largest;
    }
  }

  private Tensor rows(Tensor result, int first, int count) {
    return result.slice(2, (long) first * scale, (long) count * scale);
  }

  private Tensor columns(Tensor result, int first, int count) {
    return result.slice(3, (long) first * scale, (long) count * scale);
  }

  private static double difference(Tensor a, Tensor b) {
    float[] left = a.toFloats();
    float[] right = b.toFloats();
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(held(left[i]) - held(right[i])));
    }
    return largest;
  }

  private static float held(float value) {
    return Math.max(0, Math.min(1, value));
  }
}
