package io.esrgan.metric;

/**
 * A metric whose reference is the low-resolution picture that the candidate was made of, not the
 * picture that it should be.
 */
public interface OfInput extends Metric {}
