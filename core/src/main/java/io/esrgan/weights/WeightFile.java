package io.esrgan.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A weight file, read and recognised, whatever it is for.
 *
 * @param container what kind of file it is
 * @param wrapper the path of dictionaries around the weights, such as {@code params_ema}; empty
 *     where there was none
 * @param prefix what was cut off all names, such as {@code module.}; empty where nothing was
 * @param kind what the weights are for
 * @param weights the weights under the file's own names, without the prefix
 */
public record WeightFile(
    Container container, String wrapper, String prefix, WeightKind kind, StateDict weights) {
  /** What may stand before every name: data parallel, compiled, one network of a training. */
  private static final List<String> AROUND_ALL =
      List.of("module.", "_orig_mod.", "netD.", "net_d.", "discriminator.");

  /** Where one network among several is the generator, the averaged one first. */
  private static final List<String> GENERATORS =
      List.of("generator_ema.", "generator.", "netG.", "net_g.");

  public WeightFile {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(wrapper, "wrapper");
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(weights, "weights");
  }

  static WeightFile of(Source source) throws WeightsException {
    Content content = Content.of(source);
    StateDict weights = content.weights();
    StringBuilder prefix = new StringBuilder();
    for (String next = prefix(weights); !next.isEmpty(); next = prefix(weights)) {
      prefix.append(next);
      weights = weights.under(next);
    }
    return new WeightFile(
        content.container(),
        content.wrapper(),
        prefix.toString(),
        Detection.kind(weights),
        weights);
  }

  private static String prefix(StateDict weights) {
    for (String prefix : AROUND_ALL) {
      if (weights.size() > 0 && weights.names().stream().allMatch(n -> n.startsWith(prefix))) {
        return prefix;
      }
    }
    for (String prefix : GENERATORS) {
      if (weights.names().stream().anyMatch(name -> name.startsWith(prefix))) {
        return prefix;
      }
    }
    return "";
  }

  /** What a file holds, the names as they stand in it. */
  record Content(Container container, String wrapper, StateDict weights) {
    static Content of(Source source) throws WeightsException {
      if (Safetensors.matches(source)) {
        return new Content(Container.SAFETENSORS, "", Safetensors.read(source));
      }
      if (ZipArchive.matches(source)) {
        return of(source, Container.ZIP, Torch.readZip(source));
      }
      if (Torch.isPickle(source)) {
        return of(source, Container.LEGACY, Torch.readLegacy(source));
      }
      Optional<NcnnText> text = Ncnn.text(source);
      if (text.isPresent()) {
        return new Content(Container.NCNN, "", Ncnn.read(source, text.get()));
      }
      throw OtherFormat.refuse(source);
    }

    private static Content of(Source source, Container container, Torch.Contents contents)
        throws WeightsException {
      Unwrapper.Found found = new Unwrapper(source).find(contents.object());
      Views views = new Views(source, contents.storages());
      Map<String, Weight> weights = new LinkedHashMap<>();
      for (Map.Entry<String, TensorView> tensor : found.tensors().entrySet()) {
        weights.put(tensor.getKey(), views.weight(tensor.getKey(), tensor.getValue()));
      }
      return new Content(container, found.path(), StateDict.of(weights));
    }
  }
}
