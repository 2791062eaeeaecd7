package io.esrgan.bench;

import io.esrgan.model.RrdbNet;
import io.esrgan.nn.FlatParameters;
import io.esrgan.nn.Initialisation;
import io.esrgan.tensor.Device;
import io.esrgan.tensor.Scope;
import io.esrgan.weights.RrdbConfig;
import io.esrgan.weights.StateDict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;

/** A generator with drawn weights, and everything native that is made to run it. */
final class InferenceModel implements AutoCloseable {
  private final Scope scope = Scope.open();
  private final PointerScope bareScope = new PointerScope();
  private final Deque<Runnable> closed = new ArrayDeque<>();
  private final RrdbNet network;
  private final FlatParameters parameters;
  private final StateDict weights;

  InferenceModel(RrdbConfig config) {
    network = new RrdbNet(config);
    parameters = FlatParameters.frozen(network, Device.CPU);
    parameters.initialise(Initialisation.BASICSR, 1);
    weights = parameters.toStateDict();
  }

  RrdbNet network() {
    return network;
  }

  FlatParameters parameters() {
    return parameters;
  }

  StateDict weights() {
    return weights;
  }

  /** A picture of noise, the same for the same size. */
  static float[] picture(PictureSize size) {
    SplittableRandom random = new SplittableRandom(2);
    float[] values = new float[Math.toIntExact(3 * size.pixels())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  /** Does something when this is closed, the latest first. */
  void onClose(Runnable action) {
    closed.push(action);
  }

  @Override
  public void close() {
    closed.forEach(Runnable::run);
    bareScope.close();
    scope.close();
  }
}
