package io.esrgan.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways in which the weights of other generators than ESRGAN's have been named: regular
 * expressions for names, and what this project calls the same weights.
 *
 * <p>In a replacement, {@code ${name}} is a group of the expression. A name that no expression
 * matches keeps itself, and is then found to be one too many.
 */
public enum FamilyLayout implements GeneratorLayout {
  /** Plainly numbered; this project's too. */
  SRCNN(WeightKind.SRCNN, "SRCNN (conv1, conv2, conv3)", "conv1.weight", List.of()),
  /** With named parts. */
  SRCNN_PARTS(
      WeightKind.SRCNN,
      "SRCNN (features, map, reconstruction)",
      "reconstruction.weight",
      List.of(
          rule("features\\.0\\.(?<w>weight|bias)", "conv1.${w}"),
          rule("map\\.0\\.(?<w>weight|bias)", "conv2.${w}"),
          rule("reconstruction\\.(?<w>weight|bias)", "conv3.${w}"))),
  /** SRGAN's generator with its parts named as in the paper's figure; this project's too. */
  SRRESNET(
      WeightKind.SRRESNET,
      "SRResNet (conv1, trunk, upsampling)",
      "trunk.0.rcb.0.weight",
      List.of(drop("(?:.*\\.)?num_batches_tracked"))),
  /** This project's: as BasicSR names RRDBNet's weights and MSRResNet's. */
  RESIDUAL(
      WeightKind.RESIDUAL,
      "RRDBNet with residual blocks",
      "conv_up1.weight",
      List.of(drop("(?:.*\\.)?num_batches_tracked"))),
  /** mmsr's first form, modules in a row. */
  MSRRESNET_ROW(
      WeightKind.SRRESNET,
      "MSRResNet (first form, numbered)",
      "model.1.sub.0.res.0.weight",
      List.of(
          rule("model\\.0\\.(?<w>weight|bias)", "conv_first.${w}"),
          rule(
              "model\\.1\\.sub\\.(?<n>\\d+)\\.res\\.0\\.(?<w>weight|bias)", "body.${n}.conv1.${w}"),
          rule(
              "model\\.1\\.sub\\.(?<n>\\d+)\\.res\\.2\\.(?<w>weight|bias)", "body.${n}.conv2.${w}"),
          rule("model\\.1\\.sub\\.\\d+\\.(?<w>weight|bias)", "conv_body.${w}"))) {

    /**
     * What stands behind the trunk is numbered by what lies between, a folding or a repeating of
     * pixels and rectifiers; the last two convolutions are those at full size.
     */
    @Override
    List<Rule> rules(StateDict weights) {
      NavigableSet<Integer> behind = new TreeSet<>();
      for (String name : weights.names()) {
        Matcher module = MODULE.matcher(name);
        if (module.matches()) {
          behind.add(Integer.parseInt(module.group(1)));
        }
      }
      behind.remove(0);
      List<Rule> rules = new ArrayList<>(super.rules(weights));
      for (String stem : List.of("conv_last", "conv_hr")) {
        Integer last = behind.pollLast();
        if (last != null) {
          rules.add(module(last, stem));
        }
      }
      int up = 0;
      for (int number : behind) {
        up++;
        rules.add(module(number, "upconv" + up));
      }
      return rules;
    }

    private Rule module(int number, String stem) {
      return rule("model\\." + number + "\\.(?<w>weight|bias)", stem + ".${w}");
    }

    /** KAIR's last convolution has no bias. */
    @Override
    Map<String, Weight> renamed(StateDict weights) {
      Map<String, Weight> named = super.renamed(weights);
      Weight last = named.get("conv_last.weight");
      if (last != null && last.rank() == 4 && last.extent(0) == COLOURS) {
        named.putIfAbsent("conv_last.bias", Weight.of(new float[COLOURS], COLOURS));
      }
      return named;
    }
  },
  /** mmsr and KAIR. */
  MSRRESNET_MIDDLE(
      WeightKind.MSRRESNET,
      "MSRResNet (mmsr, KAIR)",
      "recon_trunk.0.conv1.weight",
      List.of(
          rule(
              "recon_trunk\\.(?<n>\\d+)\\.(?<c>conv[12])\\.(?<w>weight|bias)",
              "body.${n}.${c}.${w}"),
          rule("HRconv\\.(?<w>weight|bias)", "conv_hr.${w}"))),
  /** BasicSR's, and this project's. */
  MSRRESNET(WeightKind.MSRRESNET, "MSRResNet (BasicSR)", "upconv1.weight", List.of()),
  /** Its authors'. What shifts the mean is no weight, but a constant of theirs. */
  EDSR_AUTHORS(
      WeightKind.EDSR,
      "EDSR (its authors')",
      "head.0.weight",
      List.of(
          drop("(?:sub|add)_mean\\.(?:weight|bias)"),
          rule("head\\.0\\.(?<w>weight|bias)", "conv_first.${w}"),
          rule("body\\.(?<n>\\d+)\\.body\\.0\\.(?<w>weight|bias)", "body.${n}.conv1.${w}"),
          rule("body\\.(?<n>\\d+)\\.body\\.2\\.(?<w>weight|bias)", "body.${n}.conv2.${w}"),
          rule("body\\.\\d+\\.(?<w>weight|bias)", "conv_after_body.${w}"),
          rule("tail\\.0\\.(?<n>[02])\\.(?<w>weight|bias)", "upsample.${n}.${w}"),
          rule("tail\\.1\\.(?<w>weight|bias)", "conv_last.${w}"))),
  /** BasicSR's, and this project's. */
  EDSR(WeightKind.EDSR, "EDSR (BasicSR)", "conv_after_body.weight", List.of()),
  /** Its authors'. */
  RCAN_AUTHORS(
      WeightKind.RCAN,
      "RCAN (its authors')",
      "body.0.body.0.body.3.conv_du.0.weight",
      List.of(
          drop("(?:sub|add)_mean\\.(?:weight|bias)"),
          rule("head\\.[01]\\.(?<w>weight|bias)", "conv_first.${w}"),
          rule(
              "body\\.(?<g>\\d+)\\.body\\.(?<b>\\d+)\\.body\\.(?<c>[02])\\.(?<w>weight|bias)",
              "body.${g}.residual_group.${b}.rcab.${c}.${w}"),
          rule(
              "body\\.(?<g>\\d+)\\.body\\.(?<b>\\d+)\\.body\\.3\\.conv_du\\.0\\.(?<w>weight|bias)",
              "body.${g}.residual_group.${b}.rcab.3.attention.1.${w}"),
          rule(
              "body\\.(?<g>\\d+)\\.body\\.(?<b>\\d+)\\.body\\.3\\.conv_du\\.2\\.(?<w>weight|bias)",
              "body.${g}.residual_group.${b}.rcab.3.attention.3.${w}"),
          rule("body\\.(?<g>\\d+)\\.body\\.\\d+\\.(?<w>weight|bias)", "body.${g}.conv.${w}"),
          rule("body\\.\\d+\\.(?<w>weight|bias)", "conv_after_body.${w}"),
          rule("tail\\.0\\.(?<n>[02])\\.(?<w>weight|bias)", "upsample.${n}.${w}"),
          rule("tail\\.1\\.(?<w>weight|bias)", "conv_last.${w}"))),
  /** BasicSR's, and this project's. */
  RCAN(WeightKind.RCAN, "RCAN (BasicSR)", "body.0.residual_group.0.rcab.0.weight", List.of()),
  /** Real-ESRGAN's, and this project's. */
  COMPACT(WeightKind.SRVGG, "SRVGGNetCompact (Real-ESRGAN)", "body.1.weight", List.of()),
  /** This project's. */
  ENHANCENET(WeightKind.ENHANCENET, "EnhanceNet", "conv_up2.weight", List.of());

  private static final Pattern MODULE = Pattern.compile("model\\.(\\d{1,2})\\.weight");
  private static final int COLOURS = 3;

  /** Names, and what replaces them, or nothing for those that are left out. */
  record Rule(Pattern name, Optional<String> replacement) {}

  private final WeightKind kind;
  private final String title;
  private final String telling;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Rule> rules;

  FamilyLayout(WeightKind kind, String title, String telling, List<Rule> rules) {
    this.kind = kind;
    this.title = title;
    this.telling = telling;
    this.rules = rules;
  }

  private static Rule rule(String name, String replacement) {
    return new Rule(Pattern.compile(name), Optional.of(replacement));
  }

  private static Rule drop(String name) {
    return new Rule(Pattern.compile(name), Optional.empty());
  }

  @Override
  public String title() {
    return title;
  }

  /** The layout of weights of a kind, if it is one of these. */
  static Optional<FamilyLayout> of(WeightKind kind, StateDict weights) {
    return Arrays.stream(values())
        .filter(layout -> layout.kind == kind && weights.contains(layout.telling))
        .findFirst();
  }

  /** The weights of a file under this project's names. */
  Map<String, Weight> renamed(StateDict weights) {
    Map<String, Weight> named = new LinkedHashMap<>();
    List<Rule> rules = rules(weights);
    weights
        .weights()
        .forEach(
            (name, weight) -> {
              Optional<String> renamed = rename(name, rules);
              renamed.ifPresent(to -> named.put(named.containsKey(to) ? name : to, weight));
            });
    return named;
  }

  /** How the weights of a file are renamed; the first rule whose expression matches counts. */
  List<Rule> rules(StateDict weights) {
    return rules;
  }

  private static Optional<String> rename(String name, List<Rule> rules) {
    for (Rule rule : rules) {
      Matcher matcher = rule.name.matcher(name);
      if (matcher.matches()) {
        return rule.replacement.map(matcher::replaceFirst);
      }
    }
    return Optional.of(name);
  }
}
