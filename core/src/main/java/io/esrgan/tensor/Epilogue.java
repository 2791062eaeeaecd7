package io.esrgan.tensor;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a convolution does with its result before it writes it.
 *
 * @param onto whether to add it to what is in the target
 * @param addends what else is added to it
 * @param slope of a leaky rectifier behind all that, if there is one
 */
public record Epilogue(boolean onto, List<Addend> addends, OptionalDouble slope) {

  /**
   * Feature maps that are added to a result.
   *
   * @param maps of the result's size and blocks; their precision may differ
   * @param negative whether they are taken from it instead
   */
  public record Addend(FeatureBlocks maps, boolean negative) {}

  /** Nothing at all. */
  public static final Epilogue NONE = rectifying(OptionalDouble.empty());

  public Epilogue {
    addends = List.copyOf(addends);
  }

  /** A leaky rectifier, if there is a slope for it. */
  public static Epilogue rectifying(OptionalDouble slope) {
    return new Epilogue(false, List.of(), slope);
  }
}
