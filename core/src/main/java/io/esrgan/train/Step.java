package io.esrgan.train;

import io.esrgan.data.Batch;

/** What a stage does with a batch; the stages differ by their step and by nothing else. */
interface Step {

  /** Learns from one batch at the given learning rate. */
  Losses run(Batch batch, double rate);
}
