package io.esrgan.nn;

import java.util.List;

/** Something that declares parameters; it holds no numbers, which are a {@link FlatParameters}. */
public interface Parameterised {

  /** All parameters, in the order of their declaration. */
  List<Parameter> parameters();
}
