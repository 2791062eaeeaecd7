package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A discriminator as it was read from a file.
 *
 * @param config its measures, all taken from the shapes of the weights
 * @param weights all its weights and nothing else, under the names of {@link
 *     DiscriminatorLayout#NEW} and in the order of the network. The counters {@code
 *     num_batches_tracked} are left out, as nothing computes with them; PyTorch loads a plain
 *     dictionary without them even when it is strict.
 * @param layout how the file named them
 * @param container what kind of file it was
 * @param dtype the type of the first convolution's weights, that of the whole file as a rule
 */
public record DiscriminatorFile(
    DiscriminatorConfig config,
    StateDict weights,
    DiscriminatorLayout layout,
    Container container,
    Dtype dtype) {
  public DiscriminatorFile {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(dtype, "dtype");
  }

  /**
   * The same network without the biases that a normalisation follows, as the first release has
   * them: each is taken from the running mean instead, which changes nothing in what it computes.
   */
  public DiscriminatorFile unbiased() {
    if (!(config instanceof VggDiscriminatorConfig vgg) || !vgg.biased()) {
      return this;
    }
    Map<String, Weight> all = new LinkedHashMap<>(weights.weights());
    for (String name : weights.names()) {
      String mean = name.replaceFirst("^conv(\\d_\\d)\\.bias$", "bn$1.running_mean");
      if (!mean.equals(name) && all.containsKey(mean)) {
        float[] means = all.get(mean).floats();
        float[] biases = all.remove(name).floats();
        for (int i = 0; i < means.length; i++) {
          means[i] -= biases[i];
        }
        all.put(mean, Weight.of(means, means.length));
      }
    }
    return new DiscriminatorFile(
        new VggDiscriminatorConfig(vgg.channels(), vgg.side(), vgg.features(), false),
        StateDict.of(all, weights.metadata()),
        layout,
        container,
        dtype);
  }
}
