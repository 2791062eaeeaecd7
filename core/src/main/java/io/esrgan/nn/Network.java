package io.esrgan.nn;

/**
 * A network as its paper draws it: a forward pass and the parameters it needs, without their
 * numbers.
 *
 * <p>Immutable and free of native memory; the numbers are a {@link FlatParameters}.
 */
public interface Network extends Layer, Parameterised {

  /** The channels of the picture that goes in. */
  int inputChannels();

  /** Height and width of the input must be multiples of this. */
  default int sizeMultiple() {
    return 1;
  }
}
