package io.esrgan.weights;

/** A way in which the weights of generators have been named. */
public sealed interface GeneratorLayout permits RrdbLayout, FamilyLayout {
  /** What people call it. */
  String title();
}
