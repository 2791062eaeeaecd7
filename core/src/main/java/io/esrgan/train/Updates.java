package io.esrgan.train;

import java.util.Map;

/**
 * How often the networks have changed, and which changes next.
 *
 * @param generator steps that changed its weights
 * @param discriminator likewise, at most as many; 0 where there is none
 * @param discriminatorNext whether it learns in the next step
 */
record Updates(long generator, long discriminator, boolean discriminatorNext) {
  private static final String GENERATOR = "updates";
  private static final String DISCRIMINATOR = "updates.discriminator";
  private static final String NEXT = "discriminator.next";

  /** Adds them, as lines of metadata. */
  void save(Map<String, String> metadata) {
    metadata.put(GENERATOR, Long.toString(generator));
    metadata.put(DISCRIMINATOR, Long.toString(discriminator));
    metadata.put(NEXT, Boolean.toString(discriminatorNext));
  }

  /** Whether so many changes can come of so many steps. */
  boolean fit(long steps) {
    return 0 <= discriminator && discriminator <= generator && generator <= steps;
  }

  /**
   * What {@link #save} wrote; where only the generator's are told, both have always learned.
   *
   * @throws NumberFormatException if a line is missing or garbled
   */
  static Updates read(Map<String, String> metadata) {
    String generator = metadata.getOrDefault(GENERATOR, "");
    return new Updates(
        Long.parseLong(generator),
        Long.parseLong(metadata.getOrDefault(DISCRIMINATOR, generator)),
        Boolean.parseBoolean(metadata.getOrDefault(NEXT, "true")));
  }
}
