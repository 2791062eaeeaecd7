package io.esrgan.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtSession;
import io.esrgan.exec.Executor;
import io.esrgan.exec.Memory;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Engine;
import io.esrgan.tensor.Precision;
import io.esrgan.tensor.Scope;
import io.esrgan.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A way to run a generator on a picture.
 *
 * @param name what it is called in tables
 * @param peer the name of the bare loop that it is held against, if it is not one itself
 * @param precision what it computes in
 * @param preparation makes its weights ready
 */
record InferenceWay(
    String name, Optional<String> peer, Precision precision, Preparation preparation) {

  /** Makes weights ready, once for pictures of all sizes; they belong to the model. */
  interface Preparation {
    Runner of(InferenceModel model) throws IOException;
  }

  /** Makes a picture (1, 3, h, w) ready, which belongs to the model too. */
  interface Runner {
    Turn on(float[] picture, long... shape);
  }

  /**
   * The network on one picture.
   *
   * @param work runs it once, and drops the result
   * @param result runs it once
   */
  record Turn(Runnable work, Supplier<float[]> result) {}

  /** The ways that options ask for, bare loops first, the library's last. */
  static List<InferenceWay> of(Options options) {
    List<InferenceWay> ways = new ArrayList<>();
    options.formats().forEach(format -> ways.add(bare(format)));
    if (options.precisions().contains(Precision.FLOAT32)) {
      ways.add(onnxRuntime());
    }
    options.formats().stream()
        .filter(Format::channelsLast)
        .forEach(format -> ways.add(executor(format)));
    return ways.stream().filter(way -> way.name().startsWith(options.only())).toList();
  }

  /** The way of that name. */
  static InferenceWay named(String name) {
    return Stream.concat(
            Stream.of(onnxRuntime()),
            Arrays.stream(Format.values())
                .flatMap(format -> Stream.of(bare(format), executor(format))))
        .filter(way -> way.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no contestant " + name));
  }

  /** A loop over libtorch's functions. */
  static InferenceWay bare(Format format) {
    return new InferenceWay(
        Contestant.nameOf(format),
        Optional.empty(),
        format.precision(),
        model -> {
          BareInference loop = new BareInference(model.network().config(), model.weights(), format);
          return (picture, shape) -> {
            org.bytedeco.pytorch.Tensor low = Format.planar(picture, shape);
            return new Turn(
                () -> loop.run(low).close(),
                () -> {
                  try (org.bytedeco.pytorch.Tensor high = loop.run(low)) {
                    return Format.floats(high);
                  }
                });
          };
        });
  }

  /** ONNX Runtime, with as many threads as the engine. */
  static InferenceWay onnxRuntime() {
    return new InferenceWay(
        "ONNX Runtime float32",
        Optional.empty(),
        Precision.FLOAT32,
        model -> {
          OnnxInference runtime =
              new OnnxInference(model.network(), model.weights(), Engine.threads());
          model.onClose(runtime::close);
          return (picture, shape) -> {
            OnnxTensor low = runtime.picture(picture, shape);
            model.onClose(low::close);
            return new Turn(
                () -> runtime.run(low).close(),
                () -> {
                  try (OrtSession.Result high = runtime.run(low)) {
                    return OnnxInference.floats(high);
                  }
                });
          };
        });
  }

  /** The library's, held against the bare loop in that format. */
  static InferenceWay executor(Format format) {
    Precision precision = format.precision();
    return new InferenceWay(
        "Executor " + precision.label(),
        Optional.of(Contestant.nameOf(format)),
        precision,
        model ->
            (picture, shape) -> {
              Executor executor = // of each size, which it keeps memory for
                  new Executor(
                      model.network(),
                      model.parameters(),
                      new Executor.Settings(Device.CPU, precision, Memory.defaultBudget()));
              Tensor low = Tensor.of(picture, shape);
              return new Turn(
                  () -> executor.run(low).close(),
                  () -> {
                    try (Scope scope = Scope.open()) {
                      return executor.run(low).toFloats();
                    }
                  });
            });
  }
}
