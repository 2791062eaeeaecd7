package io.esrgan.train;

/** A value of a recipe breaks a rule; whoever read the recipe knows where it stands. */
final class RecipeRule extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String key;

  private RecipeRule(String key, String message) {
    super(message);
    this.key = key;
  }

  /** The key, such as {@code data.crop}. */
  String key() {
    return key;
  }

  /** Requires {@code holds}; else the message reads "KEY is VALUE, but must be MUST". */
  static void check(boolean holds, String key, Object value, String must) {
    if (!holds) {
      throw new RecipeRule(key, "%s is %s, but must be %s".formatted(key, value, must));
    }
  }
}
