package io.esrgan.metric;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.esrgan.metric.Lpips.Backbone;
import io.esrgan.model.AlexNet;
import io.esrgan.model.FeatureNetwork;
import io.esrgan.model.SqueezeNet;
import io.esrgan.model.Vgg16;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** LPIPS whose weights follow from their names, of the shapes that the real ones have. */
public final class NamedLpips {
  private static final int[] VGG16 = {0, 2, 5, 7, 10, 12, 14, 17, 19, 21, 24, 26, 28};
  private static final int[] VGG16_WIDTHS = {
    64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512
  };

  private NamedLpips() {}

  /** The metric, its two files written into a folder. */
  public static Lpips read(Backbone backbone, Path folder) throws IOException {
    return Lpips.read(backbone, classifier(backbone, folder), linear(backbone, folder));
  }

  static String name(Backbone backbone) {
    return backbone.name().toLowerCase(Locale.ROOT);
  }

  static Path classifier(Backbone backbone, Path folder) throws IOException {
    FeatureNetwork network =
        switch (backbone) {
          case ALEX -> new AlexNet(backbone.taps());
          case VGG -> new Vgg16(widths(), backbone.taps());
          case SQUEEZE -> SqueezeNet.ofTorchvision(backbone.taps());
        };
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      weights.put(parameter.name(), byName(parameter.name(), false, parameter.shape()));
    }
    return written(folder, name(backbone) + ".safetensors", weights);
  }

  private static Map<Integer, Integer> widths() {
    Map<Integer, Integer> widths = new HashMap<>();
    for (int i = 0; i < VGG16.length; i++) {
      widths.put(VGG16[i], VGG16_WIDTHS[i]);
    }
    return widths;
  }

  static Path linear(Backbone backbone, Path folder) throws IOException {
    int[] widths =
        switch (backbone) {
          case ALEX -> new int[] {64, 192, 384, 256, 256};
          case VGG -> new int[] {64, 128, 256, 512, 512};
          case SQUEEZE -> new int[] {64, 128, 256, 384, 384, 512, 512};
        };
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (int width : widths) {
      String name = "lin%d.model.1.weight".formatted(weights.size());
      weights.put(name, byName(name, true, 1, width, 1, 1));
    }
    return written(folder, "lpips-" + name(backbone) + ".safetensors", weights);
  }

  private static Path written(Path folder, String name, Map<String, Weight> weights)
      throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      Weights.write(file, StateDict.of(weights));
    }
    return file;
  }

  /** What {@code by_name} of {@code make_lpips.py} gives, or its absolute value. */
  private static Weight byName(String name, boolean absolute, long... shape) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    long seed = crc.getValue() % 1009;
    int count = 1;
    for (long extent : shape) {
      count *= (int) extent;
    }
    double spread = Math.sqrt(6.0 / (shape.length > 1 ? count / shape[0] : 100));
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      long drawn = (i * 911L + seed * 31) * (i + seed) % 1009 - 504;
      values[i] = (float) (drawn / 504.0 * spread);
      values[i] = absolute ? Math.abs(values[i]) : values[i];
    }
    return Weight.of(values, shape);
  }
}
