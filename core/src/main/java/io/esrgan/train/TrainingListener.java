package io.esrgan.train;

import java.nio.file.Path;
import java.util.OptionalDouble;

/** Told what a training run does, on the thread that trains. */
public interface TrainingListener {

  /**
   * The run begins.
   *
   * @param firstStep the step that comes next, counted from 1
   * @param summary what is trained on what, in a line or two
   */
  default void started(Recipe recipe, long firstStep, String summary) {}

  /**
   * A step is done.
   *
   * @param step its number, from 1
   * @param rate the learning rate it was taken at
   * @param seconds how long it took, loading included
   */
  default void stepped(long step, Losses losses, double rate, double seconds) {}

  /**
   * The network was measured, the border cut by the scale.
   *
   * @param psnr mean PSNR in decibels, Y channel
   * @param niqe mean NIQE, where its parameters are here
   */
  default void validated(long step, double psnr, OptionalDouble niqe, double seconds) {}

  /**
   * Something happened that is no step: one was skipped, the run went back to a checkpoint, a file
   * could not be written.
   *
   * @param note a line
   */
  default void noted(long step, String note) {}

  /** A checkpoint was written. */
  default void saved(long step, Path checkpoint) {}
}
