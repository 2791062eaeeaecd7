package io.esrgan.train;

import io.esrgan.image.Images;
import io.esrgan.image.Metadata;
import io.esrgan.image.Picture;
import io.esrgan.weights.StateDict;
import io.esrgan.weights.Weight;
import io.esrgan.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Pictures and networks so small that whole runs fit into a test. */
final class TinyRun {
  /** What a run tells, line by line. */
  static final class Notes implements TrainingListener {
    final List<String> lines = new ArrayList<>();

    @Override
    public void noted(long step, String note) {
      lines.add("step " + step + ": " + note);
    }
  }

  private TinyRun() {}

  /** Makes {@code folder/pictures}, and {@code folder/features.safetensors}, a narrow VGG19. */
  static void prepare(Path folder) throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 3; i++) {
      Images.write(waves(160, 144 + 16 * i, i + 1), pictures.resolve(i + ".png"), false);
    }
    SplittableRandom random = new SplittableRandom(19);
    Map<String, Weight> weights = new LinkedHashMap<>();
    int in = 3;
    for (int number : new int[] {0, 2, 5}) {
      weights.put("features." + number + ".weight", drawn(random, 4, in, 3, 3));
      weights.put("features." + number + ".bias", drawn(random, 4));
      in = 4;
    }
    Weights.write(folder.resolve("features.safetensors"), StateDict.of(weights));
  }

  private static Weight drawn(SplittableRandom random, long... shape) {
    float[] values = new float[(int) (shape[0] * (shape.length == 1 ? 1 : shape[1] * 9))];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-0.3, 0.3);
    }
    return Weight.of(values, shape);
  }

  private static Picture waves(int width, int height, int period) {
    byte[] samples = new byte[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % width;
      int y = i / 3 / width;
      samples[i] = (byte) (128 + 100 * Math.sin((x + 2 * y + 20 * (i % 3)) / (3.0 * period)));
    }
    return Picture.of8Bit(width, height, Picture.Channels.RGB, samples, Metadata.NONE);
  }

  static Recipe psnr(Path folder, long steps, Map<String, String> more) throws IOException {
    Map<String, String> values = common(folder, steps);
    values.put("data.crop", "32");
    values.put("schedule.warmup", "0");
    values.putAll(more);
    return Recipe.load("compact-psnr", values);
  }

  static Recipe gan(Path folder, long steps, Map<String, String> more) throws IOException {
    Map<String, String> values = common(folder, steps);
    values.put("discriminator.features", "4");
    values.put("perceptual.network", folder.resolve("features.safetensors").toString());
    values.put("perceptual.taps", "[conv2_1]");
    values.putAll(more);
    return Recipe.load("compact-gan", values);
  }

  private static Map<String, String> common(Path folder, long steps) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("data.train", folder.resolve("pictures").toString());
    values.put("data.validation", folder.resolve("pictures").toString());
    values.put("data.batch", "2");
    values.put("network.features", "8");
    values.put("network.growth", "4");
    values.put("network.blocks", "1");
    values.put("schedule.rate", "1e-3");
    values.put("average", "0.9");
    values.put("precision", "float32");
    values.put("steps", Long.toString(steps));
    values.put("every.validate", "10");
    values.put("every.checkpoint", "5");
    values.put("every.log", "1");
    return values;
  }

  /** Trains with one thread. */
  static Notes train(Recipe recipe, Path run, boolean resume) throws IOException {
    Notes notes = new Notes();
    Trainer trainer = new Trainer(recipe, run, notes);
    if (!resume) {
      trainer.useThreads(1);
    }
    trainer.run(resume);
    return notes;
  }

  static Path checkpoint(Path run, long step) {
    return run.resolve("checkpoints/%09d.checkpoint.safetensors".formatted(step));
  }
}
