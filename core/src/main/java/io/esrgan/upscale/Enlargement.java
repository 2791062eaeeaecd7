package io.esrgan.upscale;

import io.esrgan.exec.Executor;
import io.esrgan.image.Picture;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Pixels;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import io.esrgan.weights.GeneratorConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * One picture on its way through a network: its channels made to fit what the network wants, and
 * put together again.
 *
 * <p>A network for RGB sees a gray picture three times and the mean of its answers is taken; a
 * network for gray sees the channels of an RGB picture one after the other. Alpha is enlarged by
 * the network as a gray picture of its own, unless it has one value everywhere.
 */
final class Enlargement {
  private final Executor executor;
  private final GeneratorConfig config;
  private final UpscaleOptions options;
  private final Progress progress;
  private int done;
  private int total;

  Enlargement(
      Executor executor, GeneratorConfig config, UpscaleOptions options, Progress progress) {
    this.executor = executor;
    this.config = config;
    this.options = options;
    this.progress = progress;
  }

  Picture of(Picture low) {
    try (Scope scope = Scope.open()) {
      Tensor colours = Pixels.toTensor(low); // (1, 1 or 3, h, w)
      Tensor alpha = low.channels().hasAlpha() ? Pixels.alphaToTensor(low) : null; // (1, 1, h, w)
      boolean flat = alpha == null || isFlat(alpha.toFloats());
      total = Math.multiplyExact(rows(low), passes(colours) + (flat ? 0 : 1));
      if (!flat) {
        colours = Bleeding.into(colours, alpha);
      }
      Tensor highColours = finished(colours);
      Tensor highAlpha = alpha == null ? null : flat ? spread(alpha, highColours) : finished(alpha);
      return Pixels.toPicture(highColours, highAlpha, low.bits(), low.metadata());
    }
  }

  private int rows(Picture low) { // of one pass
    int upright = executor.plan(low.width(), low.height()).rows();
    return options.ensemble()
        ? 4 * upright + 4 * executor.plan(low.height(), low.width()).rows()
        : upright;
  }

  private int passes(Tensor planes) {
    return config.inChannels() == 1 ? (int) planes.size(1) : 1;
  }

  private Tensor finished(Tensor planes) {
    return FinishedRows.of(planes, enlarge(planes), config.scale(), options);
  }

  private Tensor enlarge(Tensor planes) { // (1, c, h, w) → (1, c, scale h, scale w)
    int channels = (int) planes.size(1);
    if (channels == config.inChannels()) {
      return run(planes);
    }
    if (channels == 1) {
      return Copies.mean(run(Copies.of(planes, config.inChannels())));
    }
    List<Tensor> results = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      results.add(run(planes.slice(1, c, 1)));
    }
    return Tensor.concatenate(results);
  }

  private Tensor run(Tensor input) {
    return options.ensemble() ? SelfEnsemble.mean(input, this::once) : once(input);
  }

  private Tensor once(Tensor input) {
    int before = done;
    return executor.run(
        input,
        rows -> {
          done = before + rows;
          progress.done(done, total);
        });
  }

  private static boolean isFlat(float[] values) {
    for (float value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }

  private static Tensor spread(Tensor flat, Tensor like) {
    return Tensor.full(
        flat.toFloats()[0], Precision.FLOAT32, Device.CPU, 1, 1, like.size(2), like.size(3));
  }
}
