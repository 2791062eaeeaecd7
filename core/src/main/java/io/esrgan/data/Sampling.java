package io.esrgan.data;

/** How often a picture is drawn. */
public enum Sampling {
  /** In proportion to its pixels, so that a large photograph gives more crops than a small one. */
  AREA,
  /** Every picture as often as any other. */
  UNIFORM
}
