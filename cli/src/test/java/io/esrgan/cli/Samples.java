package io.esrgan.cli;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.image.Picture.Channels;
import io.esrgan.model.RrdbNet;
import io.esrgan.nn.Parameter;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small files for commands to work on. */
final class Samples {
  private Samples() {}

  /** A picture of random samples. */
  static Path picture(Path file, int width, int height, Channels channels) throws IOException {
    byte[] samples = new byte[width * height * channels.count()];
    new Random(7).nextBytes(samples);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Images.write(Picture.of8Bit(width, height, channels, samples, Metadata.NONE), file, false);
    return file;
  }

  /** A picture of 8x6 pixels. */
  static Path picture(Path file) throws IOException {
    return picture(file, 8, 6, Channels.RGB);
  }

  /** A generator of random weights that is computed in no time. */
  static Path model(Path file, int scale) throws IOException {
    int unshuffle = scale < 4 ? 4 / scale : 1;
    return model(file, new RrdbConfig(3, 3, 8, 4, 1, scale, unshuffle, false), 11);
  }

  /** Another of the same shape as {@link #model(Path, int)} makes for x4, of its own weights. */
  static Path stranger(Path file) throws IOException {
    return model(file, new RrdbConfig(3, 3, 8, 4, 1, 4, 1, false), 12);
  }

  private static Path model(Path file, RrdbConfig config, long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, Weight> weights = new LinkedHashMap<>();
    for (Parameter parameter : new RrdbNet(config).parameters()) {
      float[] values = new float[(int) parameter.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian() * 0.05f;
      }
      weights.put(parameter.name(), Weight.of(values, parameter.shape()));
    }
    Files.createDirectories(file.getParent());
    Weights.write(file, StateDict.of(weights, Map.of("name", "tiny")));
    return file;
  }
}
