package io.esrgan.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Network interpolation (Wang et al. 2018, section 3.4): every weight of a new generator lies
 * between those of two others, {@code (1 - alpha) a + alpha b}. Between a PSNR-oriented generator
 * and a GAN fine-tuned from it, alpha goes from smooth to textured.
 *
 * <p>Computed in float64 and rounded to float32 once; at 0 and 1 the numbers are those of the ends
 * themselves. Files of any layout, container and precision can be ends, since {@link
 * GeneratorReader} gives their weights the same names in the same order.
 *
 * <p>Weights of two generators mean the same only if one was fine-tuned from the other, or both
 * from a third. Whether they were is told from the cosine between their convolution weights, all
 * taken as one vector ({@link #similarity}). Measured on a trained RRDBNet of four blocks:
 *
 * <ul>
 *   <li>descended: it and 500 more steps of L1 .9997, 400 steps of a GAN .9988; and itself with
 *       noise of .1, .3 and 1 standard deviation of each layer .995, .958 and .708
 *   <li>not descended: two random initialisations .002; it and a random initialisation .0003; it
 *       and itself with its channels in another order, which is the same function, .019
 * </ul>
 *
 * Immutable.
 */
public final class Interpolation {
  /** The least {@link #similarity} of two generators of one descent. */
  public static final double RELATED = 0.3;

  private final End a;
  private final End b;

  private Interpolation(End a, End b) {
    this.a = a;
    this.b = b;
  }

  /**
   * One of the two generators.
   *
   * @param name its file, or what else errors are to call it
   * @param sha256 of its file, 64 hexadecimal digits
   * @param generator what is in it
   */
  public record End(String name, String sha256, GeneratorFile generator) {
    public End {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(sha256, "sha256");
      Objects.requireNonNull(generator, "generator");
    }

    /**
     * Reads one from a file.
     *
     * @throws WeightsException as {@link Weights#readGenerator(Path)} does
     */
    public static End read(Path file) throws WeightsException {
      Source source = Source.read(file);
      return new End(source.name(), source.sha256(), Weights.readGenerator(source));
    }

    /** The name without folders, which are nobody's business in what is passed on. */
    public String title() {
      Path file = Path.of(name).getFileName();
      return file == null ? name : file.toString();
    }
  }

  /**
   * The line between two generators.
   *
   * @param a what alpha 0 gives
   * @param b what alpha 1 gives
   * @throws WeightsException if the two have different measures, or a weight is not finite
   */
  public static Interpolation between(End a, End b) throws WeightsException {
    List<String> differences = differences(a.generator().config(), b.generator().config());
    if (!differences.isEmpty()) {
      throw new WeightsException(
          ("%s and %s cannot be interpolated, for they differ in %s; give two models of the same"
                  + " shape, one of them fine-tuned from the other")
              .formatted(a.name(), b.name(), String.join(", ", differences)));
    }
    requireFinite(a);
    requireFinite(b);
    return new Interpolation(a, b);
  }

  /** What names the weights at alpha: the SHA-256 of an end's file, or those of both with alpha. */
  public String identity(double alpha) {
    return alpha == 0
        ? a.sha256()
        : alpha == 1 ? b.sha256() : "%s to %s at alpha %s".formatted(a.sha256(), b.sha256(), alpha);
  }

  private static List<String> differences(GeneratorConfig one, GeneratorConfig other) {
    List<String> differences = new ArrayList<>();
    if (!(one instanceof RrdbConfig a && other instanceof RrdbConfig b)) {
      if (!one.equals(other)) {
        differences.add(
            "design (%s, %s and %s, %s)"
                .formatted(one.network(), one.measures(), other.network(), other.measures()));
      }
      return differences;
    }
    compare(differences, "scale", a.scale(), b.scale());
    compare(differences, "input channels", a.inChannels(), b.inChannels());
    compare(differences, "output channels", a.outChannels(), b.outChannels());
    compare(differences, "features", a.features(), b.features());
    compare(differences, "growth channels", a.growth(), b.growth());
    compare(differences, "blocks", a.blocks(), b.blocks());
    compare(differences, "pixel folding", a.unshuffle(), b.unshuffle());
    if (a.plus() != b.plus()) {
      differences.add("the 1x1 convolutions of ESRGAN+, which only one of them has");
    }
    return differences;
  }

  private static void compare(List<String> differences, String what, int a, int b) {
    if (a != b) {
      differences.add("%s (%d and %d)".formatted(what, a, b));
    }
  }

  private static void requireFinite(End end) throws WeightsException {
    for (Map.Entry<String, Weight> entry : end.generator().weights().weights().entrySet()) {
      if (!entry.getValue().isFinite()) {
        throw new WeightsException(
            "%s: %s holds numbers that are infinite or none at all; take another checkpoint"
                .formatted(end.name(), entry.getKey()));
      }
    }
  }

  /** What alpha 0 gives. */
  public End a() {
    return a;
  }

  /** What alpha 1 gives. */
  public End b() {
    return b;
  }

  /**
   * The generator at {@code alpha}, 0 to 1, in float32. Its metadata tell alpha and both ends with
   * their SHA-256, beside what both ends say alike, such as a licence.
   */
  public GeneratorFile at(double alpha) {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is 0 to 1, not " + alpha);
    }
    Map<String, Weight> other = b.generator().weights().weights();
    Map<String, Weight> mixed = new LinkedHashMap<>();
    a.generator()
        .weights()
        .weights()
        .forEach((name, weight) -> mixed.put(name, mix(weight, other.get(name), alpha)));
    return new GeneratorFile(
        a.generator().config(),
        StateDict.of(mixed, metadata(alpha)),
        a.generator().layout(),
        Container.SAFETENSORS,
        "",
        Dtype.F32);
  }

  private static Weight mix(Weight a, Weight b, double alpha) {
    if (alpha == 0 || alpha == 1) { // also keeps the sign of zeros
      return (alpha == 0 ? a : b).in(Dtype.F32);
    }
    float[] values = a.floats();
    float[] others = b.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((1 - alpha) * values[i] + alpha * others[i]);
    }
    return Weight.of(values, a.shape());
  }

  private Map<String, String> metadata(double alpha) {
    Map<String, String> metadata = new LinkedHashMap<>(a.generator().weights().metadata());
    metadata.entrySet().retainAll(b.generator().weights().metadata().entrySet());
    metadata.put("interpolation.alpha", Double.toString(alpha));
    metadata.put("interpolation.a", a.title());
    metadata.put("interpolation.a.sha256", a.sha256());
    metadata.put("interpolation.b", b.title());
    metadata.put("interpolation.b.sha256", b.sha256());
    return metadata;
  }

  /**
   * The cosine between the convolution weights of both, -1 to 1; biases are left out. NaN where
   * those of one are all zero.
   */
  public double similarity() {
    Map<String, Weight> other = b.generator().weights().weights();
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (Map.Entry<String, Weight> entry : a.generator().weights().weights().entrySet()) {
      if (entry.getKey().endsWith(".weight")) {
        float[] from = entry.getValue().floats();
        float[] to = other.get(entry.getKey()).floats();
        for (int i = 0; i < from.length; i++) {
          product += (double) from[i] * to[i];
          squareA += (double) from[i] * from[i];
          squareB += (double) to[i] * to[i];
        }
      }
    }
    return product / Math.sqrt(squareA) / Math.sqrt(squareB);
  }

  /** Whether the two seem to be of one descent; if not, what lies between them is no generator. */
  public boolean related() {
    return similarity() >= RELATED;
  }
}
