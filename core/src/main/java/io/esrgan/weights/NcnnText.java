package io.esrgan.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of an ncnn network, from its {@code .param} file: a number that says what it is, a
 * line of counts, then a line for each layer: its kind, its name, how many inputs and outputs it
 * has, their names, and its settings, such as {@code 0=64}.
 */
final class NcnnText {
  private static final String MAGIC = "7767517";
  private static final String CONVOLUTION = "Convolution";
  private static final String RECTIFIER = "PReLU";

  /** Kinds of layers without weights that such networks have. */
  private static final Set<String> EMPTY =
      Set.of(
          "Input",
          "Split",
          "Concat",
          "ReLU",
          "BinaryOp",
          "Eltwise",
          "Interp",
          "Reorg",
          "Reshape",
          "Permute",
          "PixelShuffle",
          "Noop");

  private final Source source;

  NcnnText(Source source) {
    this.source = source;
  }

  static boolean matches(Source source) throws WeightsException {
    return source.length() >= MAGIC.length()
        && StandardCharsets.ISO_8859_1
            .decode(source.window(0, MAGIC.length()))
            .toString()
            .equals(MAGIC);
  }

  String name() {
    return source.name();
  }

  List<Layer> layers() throws WeightsException {
    if (source.length() > Limits.HEADER) {
      throw source.fail("is too long for the text of a network; name the .bin file's own .param");
    }
    List<String> lines =
        StandardCharsets.ISO_8859_1
            .decode(source.window(0, source.length()))
            .toString()
            .lines()
            .toList();
    List<Layer> layers = new ArrayList<>();
    for (int i = 2; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        layers.add(layer(i + 1, lines.get(i).strip().split("\\s+")));
      }
    }
    return layers;
  }

  private Layer layer(int line, String[] words) throws WeightsException {
    if (words.length < 4) {
      throw source.fail("line %d is no layer; fetch it again".formatted(line));
    }
    if (!words[0].equals(CONVOLUTION) && !words[0].equals(RECTIFIER) && !EMPTY.contains(words[0])) {
      throw source.fail(
          "line %d is a layer %s, which no RRDB network has; name the .pth file"
              .formatted(line, Quote.of(words[0])));
    }
    Map<String, String> settings = new HashMap<>();
    for (int i = 4; i < words.length; i++) {
      int sign = words[i].indexOf('=');
      if (sign > 0) {
        settings.put(words[i].substring(0, sign), words[i].substring(sign + 1));
      }
    }
    return new Layer(words[0], words[1], line, settings);
  }

  /** One layer; its settings are numbered. */
  final class Layer {
    private final String kind;
    private final String name;
    private final int line;
    private final Map<String, String> settings;

    private Layer(String kind, String name, int line, Map<String, String> settings) {
      this.kind = kind;
      this.name = name;
      this.line = line;
      this.settings = settings;
    }

    String name() {
      return name;
    }

    boolean isConvolution() {
      return kind.equals(CONVOLUTION);
    }

    boolean isRectifier() {
      return kind.equals(RECTIFIER);
    }

    /** A setting that is a whole number, and is there. */
    long number(int setting) throws WeightsException {
      return number(setting, -1);
    }

    /** A setting that is a whole number of at least 0; {@code otherwise} if it is not there. */
    long number(int setting, long otherwise) throws WeightsException {
      String text = settings.getOrDefault("" + setting, "" + otherwise);
      if (!text.matches("\\d{1,9}")) {
        throw source.fail(
            "line %d: setting %d of layer %s is %s, not a whole number; fetch it again"
                .formatted(line, setting, Quote.of(name), Quote.of(text)));
      }
      return Long.parseLong(text);
    }
  }
}
