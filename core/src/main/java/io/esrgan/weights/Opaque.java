package io.esrgan.weights;

/** Something in a pickle that is no weight and is not looked into, such as a random state. */
record Opaque(String name) {
  static final Opaque BYTES = new Opaque("bytes");
}
