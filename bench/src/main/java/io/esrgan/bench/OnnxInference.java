package io.esrgan.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.esrgan.export.Onnx;
import io.esrgan.nn.Network;
import io.esrgan.weights.StateDict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A network run by ONNX Runtime on the CPU, from the file that {@link Onnx} writes of it. */
final class OnnxInference implements AutoCloseable {
  private static final String INPUT = "input";

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  /** Reads the network, all optimisations on. Its {@code threads} are its own. */
  OnnxInference(Network network, StateDict weights, int threads) throws IOException {
    Path folder = Files.createTempDirectory("esrgan-bench");
    Path file = folder.resolve("network.onnx");
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      Onnx.write(file, network, weights, false);
      options.setIntraOpNumThreads(threads);
      options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
      // Its threads would go on looking for work while others are timed.
      options.addConfigEntry("session.force_spinning_stop", "1");
      session = environment.createSession(file.toString(), options);
    } catch (OrtException e) {
      throw failed(e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  static String version() {
    return OrtEnvironment.getEnvironment().getVersion();
  }

  /** A picture (n, c, h, w), the last dimension varying fastest; the caller's to close. */
  OnnxTensor picture(float[] values, long... shape) {
    FloatBuffer direct =
        ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer()
            .put(values)
            .flip();
    try {
      return OnnxTensor.createTensor(environment, direct, shape);
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** Runs the network once; the result (n, c, scale h, scale w) is the caller's to close. */
  OrtSession.Result run(OnnxTensor low) {
    try {
      return session.run(Map.of(INPUT, low));
    } catch (OrtException e) {
      throw failed(e);
    }
  }

  /** What a run gives, the last dimension varying fastest. */
  static float[] floats(OrtSession.Result result) {
    return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
  }

  private static IllegalStateException failed(OrtException e) {
    return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw failed(e);
    }
  }
}
