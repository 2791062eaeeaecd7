package io.esrgan.bench;

import io.esrgan.tensor.Precision;
import io.esrgan.train.OptimizerSection;
import io.esrgan.train.Step;

/** A stage of training, as bare loops and the library do it. */
interface TrainingStage {
  double RATE = 1e-4;

  /** What both sides' optimisers are. */
  OptimizerSection ADAM = OptimizerSection.adam(0.9, 0.999);

  /** Two steps that begin with the same weights and should compute the same. */
  record Rivals(BareStep bare, Step ours) {}

  /**
   * Networks and optimisers of both sides, which belong to the scopes that are open now.
   *
   * @param format of the bare loop's feature maps; the library's have its precision
   */
  Rivals rivals(Format format);

  /** What may lie between two ways to compute its losses, relative to a loss. */
  double tolerance(Precision precision);

  /** What the library calls its step. */
  String ourName();

  /** The networks, in a few words. */
  String networks();

  /** Multiplications in convolutions for one pair of crops, forward and backward. */
  double multiplications();
}
