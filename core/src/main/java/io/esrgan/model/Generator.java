package io.esrgan.model;

import io.esrgan.nn.Blueprint;
import io.esrgan.nn.Network;
import io.esrgan.nn.Parameter;
import java.util.List;

/** A network that makes RGB of RGB, whose layers declare themselves in its {@link #root}. */
abstract class Generator implements Network {
  final Blueprint root = Blueprint.empty();

  @Override
  public final List<Parameter> parameters() {
    return root.parameters();
  }

  @Override
  public final int inputChannels() {
    return 3;
  }
}
