package io.esrgan.asset;

import io.esrgan.weights.WeightKind;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file that is fetched or brought, not shipped.
 *
 * @param name what recipes and commands call it
 * @param fileName its name in the folder of assets
 * @param purpose what it is for, in a few words
 * @param licence the terms that come with it
 * @param address where it can be fetched; nothing where it can only be brought
 * @param origin in words, where it comes from
 * @param checksum what is known of its SHA-256
 * @param size in bytes, where it is known
 * @param holds what the weights in it are for; needed where nothing is known of its SHA-256, as all
 *     that can be checked then
 */
public record Asset(
    String name,
    String fileName,
    String purpose,
    String licence,
    Optional<URI> address,
    String origin,
    Checksum checksum,
    OptionalLong size,
    Optional<WeightKind> holds) {

  public Asset {
    if (!fileName.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "'%s' is no plain file name for %s".formatted(fileName, name));
    }
    if (name.isBlank() || purpose.isBlank() || licence.isBlank() || origin.isBlank()) {
      throw new IllegalArgumentException(
          "an asset needs a name, a purpose, a licence and an origin: " + fileName);
    }
    if (!checksum.isKnown() && holds.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing is known that %s could be told by".formatted(name));
    }
    if (size.isPresent() && size.getAsLong() <= 0) {
      throw new IllegalArgumentException("%s has no size %d".formatted(name, size.getAsLong()));
    }
  }
}
