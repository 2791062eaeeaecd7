package io.esrgan.nn;

/** A part of a network that turns feature maps into feature maps. */
public interface Layer {

  /** The layer's output for {@code x}. */
  Features forward(Features x);
}
