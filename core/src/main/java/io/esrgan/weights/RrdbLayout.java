package io.esrgan.weights;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The three ways in which the weights of an ESRGAN generator have been named over the years.
 *
 * <p>The old one numbers the modules of the whole network in a row, so what a number means depends
 * on how many blocks there are and how many times the network doubles. With n doublings, {@code
 * model.3}, {@code model.6}, ... {@code model.(3n)} are the convolutions after each, {@code
 * model.(3n+2)} is the one at full size and {@code model.(3n+4)} the last; with N blocks, {@code
 * model.1.sub.N} is the convolution that ends the trunk. A network that triples instead of doubling
 * cannot be told apart there.
 */
public enum RrdbLayout implements GeneratorLayout {
  /** The first release and the community's models: {@code model.1.sub.0.RDB1.conv1.0.weight}. */
  OLD(
      "old ESRGAN",
      "model\\.1\\.sub\\.(\\d{1,4})\\.RDB([123])\\.(?:conv([1-5])\\.0|conv1x1)\\.(weight|bias)") {
    @Override
    Map<String, String> stems(StateDict weights) {
      int doublings = Math.max(0, (highest(weights, MODULE).orElse(0) - 4) / 3);
      int blocks = highest(weights, block()).orElse(-1) + 1;
      Map<String, String> stems = new LinkedHashMap<>();
      stems.put("model.0", "conv_first");
      stems.put("model.1.sub." + blocks, "conv_body");
      for (int i = 1; i <= doublings; i++) {
        stems.put("model." + 3 * i, "conv_up" + i);
      }
      stems.put("model." + (3 * doublings + 2), "conv_hr");
      stems.put("model." + (3 * doublings + 4), "conv_last");
      return stems;
    }
  },
  /** BSRGAN, KAIR and their time: {@code RRDB_trunk.0.RDB1.conv1.weight}. */
  MIDDLE(
      "middle (mmsr, KAIR)",
      "RRDB_trunk\\.(\\d{1,4})\\.RDB([123])\\.conv([1-5]|1x1)\\.(weight|bias)") {
    @Override
    Map<String, String> stems(StateDict weights) {
      return named("conv_first", "trunk_conv", "upconv", "HRconv", "conv_last");
    }
  },
  /** BasicSR and Real-ESRGAN, and this project: {@code body.0.rdb1.conv1.weight}. */
  NEW("new (BasicSR)", "body\\.(\\d{1,4})\\.rdb([123])\\.conv([1-5]|1x1)\\.(weight|bias)") {
    @Override
    Map<String, String> stems(StateDict weights) {
      return named("conv_first", "conv_body", "conv_up", "conv_hr", "conv_last");
    }
  };

  private static final Pattern MODULE = Pattern.compile("model\\.(\\d{1,2})\\.weight");
  private static final Pattern PART = Pattern.compile("(.+)\\.(weight|bias)");
  private static final int MOST_DOUBLINGS = 6;

  private final String title;
  private final Pattern block; // groups: block, dense block, convolution or null, weight or bias

  RrdbLayout(String title, String block) {
    this.title = title;
    this.block = Pattern.compile(block);
  }

  @Override
  public String title() {
    return title;
  }

  /** The layout whose names the weights of blocks have, if there are any. */
  static Optional<RrdbLayout> of(StateDict weights) {
    return Arrays.stream(values())
        .filter(layout -> weights.names().stream().anyMatch(layout.block.asMatchPredicate()))
        .findFirst();
  }

  /** What the name of a block's weight looks like in any layout. */
  static String anyBlock() {
    return Arrays.stream(values())
        .map(layout -> layout.block.pattern())
        .collect(Collectors.joining("|"));
  }

  /** New names to names in the file; a name without a part in the network keeps itself. */
  Map<String, String> renamed(StateDict weights) {
    Map<String, String> stems = stems(weights);
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : weights.names()) {
      String renamed = rename(name, stems);
      names.put(names.containsKey(renamed) ? name : renamed, name);
    }
    return names;
  }

  private String rename(String name, Map<String, String> stems) {
    Matcher inBlock = block.matcher(name);
    if (inBlock.matches()) {
      String convolution = inBlock.group(3) == null ? "1x1" : inBlock.group(3);
      return "body.%s.rdb%s.conv%s.%s"
          .formatted(inBlock.group(1), inBlock.group(2), convolution, inBlock.group(4));
    }
    Matcher part = PART.matcher(name);
    return part.matches() && stems.containsKey(part.group(1))
        ? stems.get(part.group(1)) + "." + part.group(2)
        : name;
  }

  /** What the convolutions outside the blocks are called, to what the new layout calls them. */
  abstract Map<String, String> stems(StateDict weights);

  final Pattern block() {
    return block;
  }

  private static Map<String, String> named(
      String first, String body, String up, String full, String last) {
    Map<String, String> stems = new LinkedHashMap<>();
    stems.put(first, "conv_first");
    stems.put(body, "conv_body");
    IntStream.rangeClosed(1, MOST_DOUBLINGS).forEach(i -> stems.put(up + i, "conv_up" + i));
    stems.put(full, "conv_hr");
    stems.put(last, "conv_last");
    return stems;
  }

  /** The highest number that the first group finds among the names. */
  static OptionalInt highest(StateDict weights, Pattern pattern) {
    return weights.names().stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .max();
  }
}
