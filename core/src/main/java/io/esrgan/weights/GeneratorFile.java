package io.esrgan.weights;

import java.util.Objects;

/**
 * A generator as it was read from a file.
 *
 * @param config its measures, taken from the shapes of the weights and, where these do not tell,
 *     from the file's metadata or name, else from what is usual
 * @param weights all its weights and nothing else, under this project's names and in the order of
 *     the network: those of {@link RrdbLayout#NEW} for ESRGAN, {@code body.N.rdbK.conv1x1.weight}
 *     too where it is an ESRGAN+
 * @param layout how the file named them
 * @param container what kind of file it was
 * @param wrapper the path of dictionaries around the weights, such as {@code params_ema}; empty
 *     where there was none
 * @param dtype the type of the first convolution's weights, that of the whole file as a rule
 */
public record GeneratorFile(
    GeneratorConfig config,
    StateDict weights,
    GeneratorLayout layout,
    Container container,
    String wrapper,
    Dtype dtype) {
  public GeneratorFile {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(wrapper, "wrapper");
    Objects.requireNonNull(dtype, "dtype");
  }
}
