package io.esrgan.bench;

import io.esrgan.data.Batch;
import java.util.Map;

/** A training step written plainly over libtorch's own functions. */
interface BareStep {
  /** Learns from one batch; its losses before that, unweighted, as {@code Step} names them. */
  Map<String, Double> run(Batch batch);
}
