package io.esrgan.train;

import io.esrgan.degrade.Blurs;
import io.esrgan.degrade.Degradation;
import io.esrgan.degrade.Pass;
import io.esrgan.degrade.Range;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The section {@code degradation} of a recipe, whose keys with {@code second-} before them are for
 * the second round; what it does not say is Real-ESRGAN's.
 */
final class DegradationKeys {
  private static final String SECTION = "degradation.";
  private static final String SECOND = "second-";
  private static final double LARGEST_KERNEL = 99;

  private final RecipeValues values;

  DegradationKeys(RecipeValues values) {
    this.values = values;
  }

  Degradation read(int scale) throws RecipeException {
    Degradation usual = Degradation.REAL_ESRGAN;
    int margin = values.count(SECTION + "margin", usual.margin());
    RecipeRule.check(
        margin % scale == 0, SECTION + "margin", margin, "a multiple of the scale, " + scale);
    Range sizes =
        range(
            "kernel-sizes",
            new Range(usual.smallestKernel(), usual.largestKernel()),
            1,
            LARGEST_KERNEL);
    RecipeRule.check(
        sizes.from() % 2 == 1 && sizes.to() % 2 == 1,
        SECTION + "kernel-sizes",
        list(sizes),
        "two odd numbers");
    return new Degradation(
        margin,
        (int) sizes.from(),
        (int) sizes.to(),
        pass("", usual.first()),
        pass(SECOND, usual.second()),
        probability("last-sinc", usual.lastSinc()),
        values.flag(SECTION + "sharpen", usual.sharpen()));
  }

  private Pass pass(String round, Pass usual) throws RecipeException {
    Blurs blurs = usual.blurs();
    Range factor = range(round + "factor", usual.factor(), 0.01, 8);
    RecipeRule.check(
        factor.from() <= 1 && factor.to() >= 1,
        SECTION + round + "factor",
        list(factor),
        "a number up to 1 and one from 1 on");
    return new Pass(
        probability(round + "blur", usual.blur()),
        new Blurs(
            probability(round + "sinc", blurs.sinc()),
            probabilities(round + "kernels", blurs.kinds()),
            range(round + "sigma", blurs.sigma(), 0.05, 50),
            range(round + "generalised", blurs.generalised(), 0.05, 20),
            range(round + "plateau", blurs.plateau(), 0.05, 20)),
        probabilities(round + "resize", usual.resize()),
        factor,
        probability(round + "gaussian", usual.gaussian()),
        range(round + "noise", usual.noise(), 0, 255),
        range(round + "poisson", usual.poisson(), 0, 100),
        probability(round + "gray", usual.gray()),
        range(round + "jpeg", usual.jpeg(), 1, 100));
  }

  private double probability(String name, double usual) throws RecipeException {
    double value = values.number(SECTION + name, usual);
    RecipeRule.check(value >= 0 && value <= 1, SECTION + name, value, "from 0 to 1");
    return value;
  }

  private List<Double> probabilities(String name, List<Double> usual) throws RecipeException {
    List<Double> list = numbers(name, usual);
    double sum = list.stream().mapToDouble(Double::doubleValue).sum();
    RecipeRule.check(
        list.size() == usual.size()
            && list.stream().allMatch(value -> value >= 0)
            && Math.abs(sum - 1) < 1e-6,
        SECTION + name,
        list,
        "%d probabilities whose sum is 1".formatted(usual.size()));
    return list;
  }

  private Range range(String name, Range usual, double least, double most) throws RecipeException {
    List<Double> list = numbers(name, list(usual));
    RecipeRule.check(
        list.size() == 2
            && list.get(0) >= least
            && list.get(0) <= list.get(1)
            && list.get(1) <= most,
        SECTION + name,
        list,
        "the least and the most, from %s to %s".formatted(least, most));
    return new Range(list.get(0), list.get(1));
  }

  private List<Double> numbers(String name, List<Double> usual) throws RecipeException {
    return values.has(SECTION + name) ? values.numbers(SECTION + name) : usual;
  }

  static Map<String, Object> write(Degradation degradation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("margin", degradation.margin());
    tree.put("kernel-sizes", List.of(degradation.smallestKernel(), degradation.largestKernel()));
    tree.put("sharpen", degradation.sharpen());
    tree.put("last-sinc", degradation.lastSinc());
    write("", degradation.first(), tree);
    write(SECOND, degradation.second(), tree);
    return tree;
  }

  private static void write(String round, Pass pass, Map<String, Object> tree) {
    tree.put(round + "blur", pass.blur());
    tree.put(round + "sinc", pass.blurs().sinc());
    tree.put(round + "kernels", pass.blurs().kinds());
    tree.put(round + "sigma", list(pass.blurs().sigma()));
    tree.put(round + "generalised", list(pass.blurs().generalised()));
    tree.put(round + "plateau", list(pass.blurs().plateau()));
    tree.put(round + "resize", pass.resize());
    tree.put(round + "factor", list(pass.factor()));
    tree.put(round + "gaussian", pass.gaussian());
    tree.put(round + "noise", list(pass.noise()));
    tree.put(round + "poisson", list(pass.poisson()));
    tree.put(round + "gray", pass.gray());
    tree.put(round + "jpeg", list(pass.jpeg()));
  }

  private static List<Double> list(Range range) {
    return List.of(range.from(), range.to());
  }
}
