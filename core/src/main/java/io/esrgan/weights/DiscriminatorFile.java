package io.esrgan.weights;

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
}
