package io.esrgan.train;

/** How many steps lie between two of the same, 0 for never. */
public record EverySection(long validate, long checkpoint, long log) {

  public EverySection {
    RecipeRule.check(validate >= 0, "every.validate", validate, "at least 0 (never)");
    RecipeRule.check(checkpoint >= 0, "every.checkpoint", checkpoint, "at least 0 (never)");
    RecipeRule.check(log >= 0, "every.log", log, "at least 0 (never)");
  }
}
