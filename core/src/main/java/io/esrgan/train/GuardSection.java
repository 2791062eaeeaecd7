package io.esrgan.train;

/**
 * What becomes of steps that would spoil the weights.
 *
 * @param skips bad steps in a row after which the run goes back to its last good checkpoint
 * @param rollbacks how often it goes back before it gives up
 * @param collapse mean absolute difference of pixels above which a generator that was once below
 *     half of it has collapsed; 0 to let it
 */
public record GuardSection(int skips, int rollbacks, double collapse) {

  /** What a recipe has that does not say anything else. */
  public static final GuardSection USUAL = new GuardSection(10, 3, 0.15);

  public GuardSection {
    RecipeRule.check(skips >= 1, "guard.skips", skips, "at least 1");
    RecipeRule.check(rollbacks >= 0, "guard.rollbacks", rollbacks, "at least 0 (give up)");
    RecipeRule.check(
        collapse >= 0 && collapse <= 1,
        "guard.collapse",
        collapse,
        "from 0 (no such limit) to 1, the range of pixels");
  }
}
