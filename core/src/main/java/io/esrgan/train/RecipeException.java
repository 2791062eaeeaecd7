package io.esrgan.train;

import java.io.IOException;

/**
 * A recipe, or a study that is made of recipes, could not be used. The message is one line: the
 * file and the place in it, the key, what is wrong with its value, and what would be right.
 */
public final class RecipeException extends IOException {
  private static final long serialVersionUID = 1;

  public RecipeException(String message) {
    super(message);
  }

  public RecipeException(String message, Throwable cause) {
    super(message, cause);
  }
}
